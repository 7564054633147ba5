package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;

/**
 * A lock that one task at a time holds. It has no owner: a task may release a lock that another
 * task has acquired, and a task that acquires it twice waits for itself.
 *
 * <pre>{@code
 * private final AsyncLock lock = new AsyncLock();
 *
 * @Async
 * Coroutine<Void> append(String record) {
 *     await(lock.with(() -> write(record))); // one at a time, in the order in which they came
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>The rules for waiters, loops and threads are those of {@link dev.weft.sync the package}.
 */
public final class AsyncLock {
    final Permits permit = new Permits("AsyncLock", 1, 1, true);

    /** Creates a free lock. */
    public AsyncLock() {}

    /** Acquires the lock when awaited. Suspends while it is held or others wait. */
    public Coroutine<Void> acquire() {
        return permit.acquire(1);
    }

    /**
     * Acquires the lock when awaited, and returns an object that releases it: {@code try (Held held
     * = await(lock.held())) { ... }}. The statement may return, throw and await.
     */
    public Coroutine<Held> held() {
        return permit.held();
    }

    /** Acquires the lock if it is free and no task waits for it. Returns whether it did. */
    public boolean tryAcquire() {
        permit.use("tryAcquire");
        return permit.tryTake(1, Task.current());
    }

    /**
     * Releases the lock. The first waiter takes it in the next iteration.
     *
     * @throws IllegalStateException if the lock is free
     */
    public void release() {
        permit.use("release");
        if (!permit.canGiveBack(1)) {
            throw new IllegalStateException(
                    "release: the lock is free; release it once for each acquire");
        }
        permit.giveBack(1);
    }

    /** Returns whether {@link #tryAcquire} would be refused now. */
    public boolean locked() {
        permit.use("locked");
        return !permit.areAvailable(1);
    }

    /**
     * Acquires the lock, calls {@code body} and runs the coroutine that the call returns, and
     * releases the lock, however the body ends. Has the body's result; throws what the body or its
     * call throws.
     */
    public <T> Coroutine<T> with(AsyncCallable<T> body) {
        return permit.with(body);
    }

    /** Returns whether the lock is held. */
    boolean isHeld() {
        return permit.canGiveBack(1);
    }
}
