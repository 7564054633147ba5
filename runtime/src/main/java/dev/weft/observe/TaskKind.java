package dev.weft.observe;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop that run the same body and are suspended in the same place.
 *
 * @param body the outermost body, such as "Shop.serve"; empty for a task that has not begun
 * @param place the innermost await; null if there is none
 * @param state the state
 * @param count the number of tasks
 * @param oldest the number of the oldest task
 */
public record TaskKind(
        String body, @Nullable StackTraceElement place, TaskState state, int count, long oldest) {}
