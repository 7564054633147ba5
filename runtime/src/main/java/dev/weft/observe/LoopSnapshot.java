package dev.weft.observe;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loop and its tasks at one time.
 *
 * @param name the name of the loop's thread
 * @param counts the numbers of tasks, turns and timers
 * @param tasks the oldest tasks, up to the limit of the snapshot, in the order of creation
 * @param groups the groups that {@code tasks} run, outer ones first
 * @param kinds all tasks by body, place and state, the most frequent kind first; at most 1,000
 * @param deadlocks cycles of {@code tasks} that wait for each other, each by the numbers of its
 *     tasks
 */
public record LoopSnapshot(
        String name,
        Counts counts,
        List<TaskSnapshot> tasks,
        List<GroupSnapshot> groups,
        List<TaskKind> kinds,
        List<List<Long>> deadlocks) {
    /** Creates a snapshot. */
    public LoopSnapshot {
        tasks = List.copyOf(tasks);
        groups = List.copyOf(groups);
        kinds = List.copyOf(kinds);
        deadlocks = List.copyOf(deadlocks);
    }

    /**
     * The numbers of a snapshot.
     *
     * @param tasks the number of live tasks
     * @param ready the number of turns that are ready
     * @param timers the number of timers that are set, those of sleeping tasks included
     * @param states the number of tasks in each state
     */
    public record Counts(int tasks, int ready, int timers, Map<TaskState, Integer> states) {
        /** Creates the numbers. */
        public Counts {
            states = Map.copyOf(states);
        }
    }

    /** Creates a snapshot, in which deadlocks are searched for. */
    public static LoopSnapshot of(
            String name,
            Counts counts,
            List<TaskSnapshot> tasks,
            List<GroupSnapshot> groups,
            List<TaskKind> kinds) {
        return new LoopSnapshot(name, counts, tasks, groups, kinds, Deadlocks.among(tasks));
    }

    /**
     * Returns the snapshot as a JSON object. Its members have the names of the components. A stack
     * is an array of objects with {@code class}, {@code method}, {@code file} and {@code line}; an
     * age is a number of seconds; what is not known is left out. Further members may be added in
     * later versions.
     */
    public String toJson() {
        return SnapshotJson.of(this);
    }

    /** Returns a sentence for each deadlock, such as "A waits for B waits for A". */
    public List<String> describeDeadlocks() {
        Map<Long, String> names =
                tasks.stream().collect(Collectors.toMap(TaskSnapshot::id, TaskSnapshot::name));
        return deadlocks.stream()
                .map(
                        cycle ->
                                Stream.concat(cycle.stream(), Stream.of(cycle.get(0)))
                                        .map(id -> names.getOrDefault(id, "Task-" + id.longValue()))
                                        .collect(Collectors.joining(" waits for ")))
                .toList();
    }

    /**
     * Returns the tree of tasks as text: the children of a group below the task that runs the
     * group, a task below its creator or, if that is not known, below the task that awaits it.
     */
    public String tree() {
        return TaskTree.of(this);
    }
}
