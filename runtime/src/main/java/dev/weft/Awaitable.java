package dev.weft;

/**
 * An operand of {@link Weft#await}: a {@link Coroutine}, which then runs inside the awaiting task,
 * or a {@link Deferred}, for which the task then waits. There are no other implementations.
 *
 * @param <T> the result
 */
public interface Awaitable<T> {}
