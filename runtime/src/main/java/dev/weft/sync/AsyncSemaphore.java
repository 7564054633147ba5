package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;

/**
 * A number of permits that tasks acquire and release. Permits have no owner: any task may release a
 * permit, even one that was never acquired, unless the semaphore is {@link #bounded}.
 *
 * <pre>{@code
 * private final AsyncSemaphore connections = AsyncSemaphore.bounded(2);
 *
 * Coroutine<String> fetch(String url) {
 *     return connections.with(() -> write(url)); // two at a time
 * }
 * }</pre>
 *
 * <p>The rules for waiters, loops and threads are those of {@link dev.weft.sync the package}. A
 * waiter that needs many permits is not overtaken by one that needs few.
 */
public final class AsyncSemaphore {
    private final int limit;
    final Permits permits;

    /**
     * Creates a semaphore with {@code permits} permits. Releasing may add further ones.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public AsyncSemaphore(int permits) {
        this(permits, Integer.MAX_VALUE);
    }

    private AsyncSemaphore(int permits, int limit) {
        checkCount(permits);
        this.limit = limit;
        this.permits = new Permits("AsyncSemaphore", permits, limit, false);
    }

    private static void checkCount(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits < 0: " + permits);
        }
    }

    /**
     * Creates a semaphore that never has more than {@code permits} permits.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public static AsyncSemaphore bounded(int permits) {
        return new AsyncSemaphore(permits, permits);
    }

    /** Acquires a permit when awaited. Suspends while there is none or others wait. */
    public Coroutine<Void> acquire() {
        return permits.acquire(1);
    }

    /**
     * Acquires {@code permits} permits at once, when awaited. Suspends while there are too few or
     * others wait.
     *
     * @throws IllegalArgumentException at the call, if {@code permits} is negative or more than a
     *     bounded semaphore can have
     */
    public Coroutine<Void> acquire(int permits) {
        checkAcquired(permits);
        return this.permits.acquire(permits);
    }

    /** Checks the argument of {@link #acquire(int)}. */
    void checkAcquired(int permits) {
        checkCount(permits);
        if (permits > limit) {
            throw new IllegalArgumentException(
                    "acquire: " + permits + " permits of a semaphore that has at most " + limit);
        }
    }

    /**
     * Acquires a permit when awaited, and returns an object that releases it: {@code try (Held held
     * = await(semaphore.held())) { ... }}. The statement may return, throw and await.
     */
    public Coroutine<Held> held() {
        return permits.held();
    }

    /** Acquires a permit if one is free and no task waits. Returns whether it did. */
    public boolean tryAcquire() {
        permits.use("tryAcquire");
        return permits.tryTake(1, null);
    }

    /**
     * Releases a permit. The first waiter takes it in the next iteration.
     *
     * @throws IllegalStateException if the semaphore is bounded and all permits are free
     */
    public void release() {
        release(1);
    }

    /**
     * Releases {@code permits} permits, all or none. The waiters that they suffice for take them in
     * the next iteration.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     * @throws IllegalStateException if that would be more permits than the semaphore can have
     */
    public void release(int permits) {
        this.permits.use("release");
        checkCount(permits);
        if (!this.permits.canGiveBack(permits)) {
            throw new IllegalStateException(
                    "release: "
                            + (permits == 1
                                    ? "all " + limit + " permits are free"
                                    : permits + " more would exceed the limit of " + limit)
                            + "; release a permit once for each acquire");
        }
        this.permits.giveBack(permits);
    }

    /** Returns whether {@link #tryAcquire} would be refused now. */
    public boolean locked() {
        permits.use("locked");
        return !permits.areAvailable(1);
    }

    /**
     * Acquires a permit, calls {@code body} and runs the coroutine that the call returns, and
     * releases the permit, however the body ends. Has the body's result; throws what the body or
     * its call throws.
     */
    public <T> Coroutine<T> with(AsyncCallable<T> body) {
        return permits.with(body);
    }
}
