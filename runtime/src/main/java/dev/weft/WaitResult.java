package dev.weft;

import java.util.Set;

/**
 * How a {@link Weft#waitUntil} ended. Both sets keep the order of the arguments and cannot be
 * changed.
 *
 * <pre>{@code
 * @Async
 * static Coroutine<Integer> quickest(List<Task<Integer>> tasks) {
 *     WaitResult<Integer> first = await(waitUntil(ReturnWhen.FIRST_COMPLETED, tasks));
 *     for (Deferred<Integer> slow : first.pending()) {
 *         slow.cancel();
 *     }
 *     return Coroutine.of(first.done().iterator().next().result());
 * }
 * }</pre>
 *
 * @param done those that are done, each with a value, a failure or a cancellation
 * @param pending the others, which go on
 */
public record WaitResult<T>(Set<Deferred<T>> done, Set<Deferred<T>> pending) {}
