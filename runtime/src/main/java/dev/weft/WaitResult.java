package dev.weft;

import java.util.Set;

/**
 * The outcome of a {@link Weft#waitUntil}. Both sets keep the order of the arguments and are
 * unmodifiable.
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
 * @param done the results that have ended: with a value, a failure or a cancellation
 * @param pending the other results, which continue
 */
public record WaitResult<T>(Set<Deferred<T>> done, Set<Deferred<T>> pending) {}
