package dev.weft.internal.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a loop. A task has a lane for itself as long as it lives; afterwards a similar task
 * with the same creator gets the lane. Of many similar tasks at a time, those that come last share
 * one. So a trace of 100,000 tasks has few enough lanes for people.
 */
final class Lanes {
    /** The lanes of similar tasks, the shared one not counted. */
    private static final int SIMILAR = 48;

    private static final int MOST = 2_000;

    private final TracedTasks tasks;
    private final Lane[] laneOf;
    private final Map<Family, List<Lane>> families = new HashMap<>();
    private final List<Lane> roots = new ArrayList<>();
    private final List<Lane> inOrder = new ArrayList<>();
    private @Nullable Lane rest;
    private int count;

    /** Similar tasks below a lane. */
    private record Family(@Nullable Lane parent, String sort) {}

    /** A row of the timeline. */
    static final class Lane {
        private final @Nullable Lane parent;
        private final List<Lane> children = new ArrayList<>();
        private final boolean isShared;
        private String label;
        private int tasks;
        private long freeAt;
        private int number;

        private Lane(@Nullable Lane parent, boolean isShared, String label) {
            this.parent = parent;
            this.isShared = isShared;
            this.label = label;
        }

        /** Returns the number, from 1 in the order of the tree. */
        int number() {
            return number;
        }

        /** Returns the text for people. */
        String label() {
            String number = String.format(Locale.ROOT, "%,d", tasks);
            if (isShared) {
                return label + " (" + number + " more)";
            }
            return tasks == 1 ? label : label + " (" + number + " tasks)";
        }

        int depth() {
            int depth = 0;
            for (Lane lane = parent; lane != null; lane = lane.parent) {
                depth++;
            }
            return depth;
        }
    }

    /** Gives each task its lane. */
    Lanes(TracedTasks tasks) {
        this.tasks = tasks;
        this.laneOf = new Lane[tasks.size()];
        for (int task = 0; task < tasks.size(); task++) {
            int creator = tasks.creator(task);
            Lane parent = creator < 0 || creator >= task ? null : laneOf[creator];
            Lane lane = laneFor(task, parent);
            laneOf[task] = lane;
            lane.tasks++;
            lane.freeAt = tasks.end(task);
            if (lane.tasks == 2 && !lane.isShared) {
                lane.label = tasks.sort(task);
            }
        }
        number();
    }

    private Lane laneFor(int task, @Nullable Lane parent) {
        String sort = tasks.sort(task);
        List<Lane> family =
                families.computeIfAbsent(new Family(parent, sort), key -> new ArrayList<>());
        for (Lane lane : family) {
            if (lane.isShared || lane.freeAt <= tasks.begin(task)) {
                return lane;
            }
        }
        if (count >= MOST) {
            rest = rest == null ? lane(null, true, "tasks") : rest;
            return rest;
        }
        boolean isShared = family.size() == SIMILAR;
        Lane lane = lane(parent, isShared, isShared ? sort : ownLabel(task));
        family.add(lane);
        return lane;
    }

    private String ownLabel(int task) {
        String name = tasks.name(task);
        return name.equals("Task-" + tasks.id(task)) && !tasks.body(task).isEmpty()
                ? name + " " + tasks.body(task)
                : name;
    }

    private Lane lane(@Nullable Lane parent, boolean isShared, String label) {
        count++;
        Lane lane = new Lane(parent, isShared, label);
        (parent == null ? roots : parent.children).add(lane);
        return lane;
    }

    private void number() {
        Deque<Lane> open = new ArrayDeque<>();
        for (Lane root : roots) {
            open.push(root);
            while (!open.isEmpty()) {
                Lane lane = open.pop();
                inOrder.add(lane);
                lane.number = inOrder.size();
                for (int i = lane.children.size() - 1; i >= 0; i--) {
                    open.push(lane.children.get(i));
                }
            }
        }
    }

    /** Returns the lanes in the order of the tree: children below their creators. */
    List<Lane> inOrder() {
        return inOrder;
    }

    Lane of(int task) {
        return laneOf[task];
    }
}
