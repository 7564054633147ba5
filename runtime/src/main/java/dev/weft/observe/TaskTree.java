package dev.weft.observe;

import dev.weft.internal.report.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws a snapshot as text. */
final class TaskTree {
    /** The awaits that are shown of each task. */
    private static final int AWAITS = 16;

    /** The levels that are indented; deeper ones are shown at the same depth. */
    private static final int DEPTH = 40;

    private static final int KINDS = 20;

    private record Node(TaskSnapshot task, int depth) {}

    private final LoopSnapshot loop;
    private final Map<Long, TaskSnapshot> tasks = new LinkedHashMap<>();
    private final Map<Long, Long> parents = new HashMap<>();
    private final Map<Long, List<TaskSnapshot>> children = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private TaskTree(LoopSnapshot loop) {
        this.loop = loop;
    }

    static String of(LoopSnapshot loop) {
        TaskTree tree = new TaskTree(loop);
        tree.link();
        tree.head();
        tree.nodes();
        tree.kinds();
        return tree.out.toString();
    }

    // ---- the links

    private void link() {
        for (TaskSnapshot task : loop.tasks()) {
            tasks.put(task.id(), task);
        }
        for (GroupSnapshot group : loop.groups()) {
            for (long child : group.children()) {
                parents.putIfAbsent(child, group.owner());
            }
        }
        for (TaskSnapshot task : loop.tasks()) {
            if (task.creator() != null) {
                parents.putIfAbsent(task.id(), task.creator());
            }
        }
        for (TaskSnapshot task : loop.tasks()) {
            if (task.waitsFor() != null && task.waitsFor().isForEnds()) {
                for (long awaited : task.waitsFor().tasks()) {
                    parents.putIfAbsent(awaited, task.id());
                }
            }
        }
        dropCycles();
        for (TaskSnapshot task : loop.tasks()) {
            Long parent = parents.get(task.id());
            if (parent != null) {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(task);
            }
        }
    }

    /** Makes roots of tasks whose ancestors are unknown, or form a cycle. */
    private void dropCycles() {
        Map<Long, Long> visitedFrom = new HashMap<>();
        for (long start : tasks.keySet()) {
            Long task = start;
            while (task != null && !visitedFrom.containsKey(task)) {
                visitedFrom.put(task, start);
                Long parent = parents.get(task);
                if (parent != null
                        && (!tasks.containsKey(parent)
                                || Long.valueOf(start).equals(visitedFrom.get(parent)))) {
                    parents.remove(task);
                    parent = null;
                }
                task = parent;
            }
        }
    }

    // ---- the text

    private void head() {
        out.append("loop of thread ").append(Printable.of(loop.name())).append(": ");
        out.append(count(loop.counts().tasks(), "task"));
        if (!loop.counts().states().isEmpty()) {
            out.append(" (")
                    .append(
                            loop.counts().states().entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .map(
                                            entry ->
                                                    entry.getValue().intValue()
                                                            + " "
                                                            + lower(entry.getKey()))
                                    .collect(Collectors.joining(", ")))
                    .append(')');
        }
        out.append(", ").append(count(loop.counts().timers(), "timer")).append('\n');
        for (String cycle : loop.describeDeadlocks()) {
            out.append("deadlock: ").append(Printable.of(cycle)).append('\n');
        }
    }

    private String name(long id) {
        TaskSnapshot task = tasks.get(id);
        return task == null ? "task #" + id : task.name();
    }

    private void nodes() {
        Deque<Node> open = new ArrayDeque<>();
        for (TaskSnapshot root : loop.tasks()) {
            if (!parents.containsKey(root.id())) {
                open.push(new Node(root, 0));
                while (!open.isEmpty()) {
                    Node node = open.pop();
                    node(node);
                    List<TaskSnapshot> below = children.getOrDefault(node.task.id(), List.of());
                    for (int i = below.size() - 1; i >= 0; i--) {
                        open.push(new Node(below.get(i), node.depth + 1));
                    }
                }
            }
        }
        if (tasks.size() < loop.counts().tasks()) {
            out.append("and ").append(count(loop.counts().tasks() - tasks.size(), "more task"));
            out.append(", counted below\n");
        }
    }

    private void node(Node node) {
        String indent = "  ".repeat(Math.min(node.depth, DEPTH));
        TaskSnapshot task = node.task;
        out.append(indent).append("task ").append(Printable.of(task.name()));
        if (!task.name().equals("Task-" + task.id())) {
            out.append(" #").append(task.id());
        }
        Wait wait = task.waitsFor();
        out.append(": ");
        out.append(wait == null ? lower(task.state()) : "waits for " + Printable.of(wait.text()));
        if (task.age() != null) {
            out.append(String.format(Locale.ROOT, ", %.1f s old", task.age().toNanos() / 1e9));
        }
        if (task.cancelling() > 0) {
            out.append(", cancellation requested");
        }
        out.append('\n');
        int shown = Math.min(AWAITS, task.stack().size());
        for (StackTraceElement element : task.stack().subList(0, shown)) {
            out.append(indent).append("    at ").append(element).append('\n');
        }
        if (shown < task.stack().size()) {
            out.append(indent).append("    ... ").append(task.stack().size() - shown);
            out.append(" more\n");
        }
    }

    private void kinds() {
        if (tasks.size() >= loop.counts().tasks()) {
            return;
        }
        for (TaskKind kind : loop.kinds().subList(0, Math.min(KINDS, loop.kinds().size()))) {
            out.append(String.format(Locale.ROOT, "%,10d %s ", kind.count(), lower(kind.state())));
            out.append(kind.body().isEmpty() ? "not begun" : kind.body());
            if (kind.place() != null) {
                out.append(" at ").append(kind.place());
            }
            out.append(", the oldest is ").append(Printable.of(name(kind.oldest()))).append('\n');
        }
    }

    private static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String lower(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
