package dev.weft.observe;

import java.util.List;

/**
 * The reason why a suspended task does not continue.
 *
 * @param text what the task waits for, such as "queue of 10, full"
 * @param tasks the numbers of the tasks that all have to end or to act before the task continues;
 *     empty if that is not known
 * @param isForEnds true if these tasks have to end
 */
public record Wait(String text, List<Long> tasks, boolean isForEnds) {
    /** Creates the description of a wait. */
    public Wait {
        tasks = List.copyOf(tasks);
    }

    /** Returns the description of a wait that no known task can end. */
    public static Wait of(String text) {
        return new Wait(text, List.of(), false);
    }

    /** Returns the description of a wait for the ends of tasks. */
    public static Wait forEnds(String text, List<Long> tasks) {
        return new Wait(text, tasks, true);
    }

    /** Returns the description of a wait for something that {@code holder} has. */
    public static Wait heldBy(ObservedTask holder, String text) {
        return new Wait(text, List.of(holder.id()), false);
    }

    @Override
    public String toString() {
        return text;
    }
}
