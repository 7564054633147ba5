package dev.weft;

/**
 * What {@link Weft#await} takes: a {@link Coroutine}, which then runs inside the awaiting task, or
 * a {@link Deferred}, for which the task then waits. There are no other implementations.
 *
 * @param <T> what awaiting gives
 */
public interface Awaitable<T> {}
