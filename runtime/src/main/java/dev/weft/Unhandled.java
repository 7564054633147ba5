package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody else would hear of.
 *
 * <pre>{@code
 * try (Runner runner = Weft.runner().virtualTime()) {
 *     runner.exceptionHandler(unhandled -> log.add(unhandled.exception().getMessage()));
 *     runner.loop().execute(() -> Integer.parseInt("one")); // nobody waits for this
 *     runner.run(reply());
 * }
 * }</pre>
 *
 * @param message what happened, in a sentence
 * @param exception what was thrown
 * @param task the task that failed; null if it was none, or if it is no longer in memory
 */
public record Unhandled(String message, Throwable exception, @Nullable Task<?> task) {}
