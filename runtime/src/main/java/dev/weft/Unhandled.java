package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A failure that no code can see otherwise.
 *
 * <pre>{@code
 * try (Runner runner = Weft.runner().virtualTime()) {
 *     runner.exceptionHandler(unhandled -> log.add(unhandled.exception().getMessage()));
 *     runner.loop().execute(() -> Integer.parseInt("one")); // nobody waits for this
 *     runner.run(reply());
 * }
 * }</pre>
 *
 * @param message a sentence that says what happened
 * @param exception the exception that was thrown
 * @param task the task that has failed; null if the failure is not that of a task. If the task was
 *     collected meanwhile, another ended task with the same number and name
 */
public record Unhandled(String message, Throwable exception, @Nullable Task<?> task) {}
