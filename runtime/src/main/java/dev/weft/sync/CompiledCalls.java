package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * The awaits of calls of this package, for compiled code, not for programs. The compiler replaces
 * {@code await(queue.get())} by {@code CompiledCalls.get(queue, frame, task)}.
 *
 * <p>Each method has the result and the exceptions of the pair that it replaces. Without a wait it
 * allocates nothing. With a wait it returns {@code Frame.SUSPENDED}; the waiter belongs to the
 * primitive, which uses it again, because no program can have a reference to it.
 *
 * <p>The parameter {@code awaiter} is the frame that continues after the wait. It may be null if
 * the caller sets it before the step of the task has ended.
 */
public final class CompiledCalls {
    private CompiledCalls() {}

    /** Runs {@code await(queue.get())}. */
    public static @Nullable Object get(
            @Nullable AsyncQueue<?> queue, @Nullable Coroutine<?> awaiter, Task<?> task) {
        if (queue == null) {
            throw isNull("AsyncQueue.get()");
        }
        return Waiter.settled(queue.state.awaitGet(awaiter, task), awaiter, task);
    }

    /** Runs {@code await(queue.put(item))}. */
    @SuppressWarnings("unchecked") // the compiler of the source has checked the item
    public static @Nullable Object put(
            @Nullable AsyncQueue<?> queue,
            @Nullable Object item,
            @Nullable Coroutine<?> awaiter,
            Task<?> task) {
        if (queue == null) {
            throw isNull("AsyncQueue.put()");
        }
        Object result = ((QueueState<Object>) queue.state).awaitPut(item, awaiter, task);
        return Waiter.settled(result, awaiter, task);
    }

    /** Runs {@code await(lock.acquire())}. */
    public static @Nullable Object acquire(
            @Nullable AsyncLock lock, @Nullable Coroutine<?> awaiter, Task<?> task) {
        if (lock == null) {
            throw isNull("AsyncLock.acquire()");
        }
        return Waiter.settled(lock.permit.awaitAcquire(1, awaiter, task), awaiter, task);
    }

    /** Runs {@code await(semaphore.acquire())}. */
    public static @Nullable Object acquire(
            @Nullable AsyncSemaphore semaphore, @Nullable Coroutine<?> awaiter, Task<?> task) {
        if (semaphore == null) {
            throw isNull("AsyncSemaphore.acquire()");
        }
        return Waiter.settled(semaphore.permits.awaitAcquire(1, awaiter, task), awaiter, task);
    }

    /** Runs {@code await(semaphore.acquire(permits))}. */
    public static @Nullable Object acquire(
            @Nullable AsyncSemaphore semaphore,
            int permits,
            @Nullable Coroutine<?> awaiter,
            Task<?> task) {
        if (semaphore == null) {
            throw isNull("AsyncSemaphore.acquire(int)");
        }
        semaphore.checkAcquired(permits);
        return Waiter.settled(
                semaphore.permits.awaitAcquire(permits, awaiter, task), awaiter, task);
    }

    /** Runs {@code await(event.waitFor())}. */
    public static @Nullable Object waitFor(
            @Nullable AsyncEvent event, @Nullable Coroutine<?> awaiter, Task<?> task) {
        if (event == null) {
            throw isNull("AsyncEvent.waitFor()");
        }
        return Waiter.settled(event.awaitSet(awaiter, task), awaiter, task);
    }

    private static NullPointerException isNull(String call) {
        return new NullPointerException(
                "Cannot invoke \"dev.weft.sync." + call + "\": the object is null");
    }
}
