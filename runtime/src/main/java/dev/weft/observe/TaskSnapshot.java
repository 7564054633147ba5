package dev.weft.observe;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task at the time of a snapshot.
 *
 * @param id the number of the task
 * @param name the name
 * @param state the state
 * @param creator the number of the task that has created this one; null if that is not known, as
 *     without debug mode, or if no task has
 * @param age the time since the creation; null if that is not known. In debug mode exact, otherwise
 *     up to a quarter of a second and a sixteenth too short
 * @param waitsFor what the task waits for; null if it does not wait
 * @param stack the awaits at which the task is suspended, innermost first
 * @param locals the names of the task-locals that have values
 * @param cancelling the number of cancellation requests that were not taken back
 */
public record TaskSnapshot(
        long id,
        String name,
        TaskState state,
        @Nullable Long creator,
        @Nullable Duration age,
        @Nullable Wait waitsFor,
        List<StackTraceElement> stack,
        List<String> locals,
        int cancelling) {
    /** Creates a snapshot. */
    public TaskSnapshot {
        stack = List.copyOf(stack);
        locals = List.copyOf(locals);
    }
}
