package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody else would hear of.
 *
 * @param message what happened, in a sentence
 * @param exception what was thrown
 * @param task the task that failed; null if it was none, or if it is no longer in memory
 */
public record Unhandled(String message, Throwable exception, @Nullable Task<?> task) {}
