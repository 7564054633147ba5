package dev.weft.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds tasks that wait for each other. Linear in the number of tasks and waits. */
final class Deadlocks {
    /** A task that waits for many others may be part of as many cycles. */
    private static final int MOST = 100;

    private final Map<Long, List<Long>> waits = new HashMap<>();
    private final Set<Long> done = new HashSet<>();
    private final List<List<Long>> found = new ArrayList<>();

    private Deadlocks() {}

    /**
     * Returns cycles, at most 100, each from its oldest task on: each task waits for the next one.
     */
    static List<List<Long>> among(List<TaskSnapshot> tasks) {
        Deadlocks search = new Deadlocks();
        for (TaskSnapshot task : tasks) {
            if (task.waitsFor() != null && !task.waitsFor().tasks().isEmpty()) {
                search.waits.put(task.id(), task.waitsFor().tasks());
            }
        }
        for (TaskSnapshot task : tasks) {
            search.searchFrom(task.id());
        }
        return search.found;
    }

    /** A depth-first search without recursion: the path is as long as the chain of waits. */
    private void searchFrom(long start) {
        List<Long> path = new ArrayList<>();
        Map<Long, Integer> places = new HashMap<>();
        Deque<Iterator<Long>> open = new ArrayDeque<>();
        enter(start, path, places, open);
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.remove();
                places.remove(path.remove(path.size() - 1));
                continue;
            }
            long next = open.element().next();
            Integer place = places.get(next);
            if (place == null) {
                enter(next, path, places, open);
            } else if (found.size() < MOST) {
                found.add(fromOldest(path.subList(place, path.size())));
            }
        }
    }

    private void enter(
            long task, List<Long> path, Map<Long, Integer> places, Deque<Iterator<Long>> open) {
        List<Long> others = waits.get(task);
        if (others != null && done.add(task)) {
            places.put(task, path.size());
            path.add(task);
            open.push(others.iterator());
        }
    }

    private static List<Long> fromOldest(List<Long> cycle) {
        int oldest = 0;
        for (int i = 1; i < cycle.size(); i++) {
            oldest = cycle.get(i) < cycle.get(oldest) ? i : oldest;
        }
        List<Long> turned = new ArrayList<>(cycle.subList(oldest, cycle.size()));
        turned.addAll(cycle.subList(0, oldest));
        return turned;
    }
}
