package dev.weft;

import java.util.Set;

/**
 * How a {@link Weft#waitFor} ended. Both sets keep the order of the arguments and cannot be
 * changed.
 *
 * @param done those that are done, each with a value, a failure or a cancellation
 * @param pending the others, which go on
 */
public record Waited<T>(Set<Deferred<T>> done, Set<Deferred<T>> pending) {}
