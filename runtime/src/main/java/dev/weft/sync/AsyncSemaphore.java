package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;

/**
 * Lets a number of tasks at a time pass. Permits have no owner: any task may release one, also one
 * that nobody has acquired, unless the semaphore is {@link #bounded}.
 *
 * <pre>{@code
 * private final AsyncSemaphore connections = AsyncSemaphore.bounded(2);
 *
 * Coroutine<String> fetch(String url) {
 *     return connections.with(() -> write(url)); // two at a time
 * }
 * }</pre>
 *
 * <p>First come, first served: nobody overtakes a waiter that is still in line. A waiter that is
 * cancelled leaves, also when a permit was about to be its own, and costs the others nothing.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 */
public final class AsyncSemaphore {
    private final int most;
    private final Permits permits;

    /**
     * A semaphore with {@code permits} permits, and with more if more are released than acquired.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public AsyncSemaphore(int permits) {
        this(permits, Integer.MAX_VALUE);
    }

    private AsyncSemaphore(int permits, int most) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits < 0: " + permits);
        }
        this.most = most;
        this.permits = new Permits("AsyncSemaphore", permits, most);
    }

    /**
     * A semaphore that never has more than {@code permits} permits.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public static AsyncSemaphore bounded(int permits) {
        return new AsyncSemaphore(permits, permits);
    }

    /** Takes a permit, when awaited; suspends as long as there is none or others are in line. */
    public Coroutine<Void> acquire() {
        return permits.acquire();
    }

    /** Takes a permit if one is free and nobody is in line. */
    public boolean tryAcquire() {
        permits.use("tryAcquire");
        return permits.tryTake();
    }

    /**
     * Adds a permit. Who is first in line takes it in the next iteration.
     *
     * @throws IllegalStateException if it is bounded and all its permits are free
     */
    public void release() {
        permits.use("release");
        if (permits.allFree()) {
            throw new IllegalStateException(
                    "release: all "
                            + most
                            + " permits are free; release a permit once for each acquire");
        }
        permits.giveBack();
    }

    /** Whether {@link #tryAcquire} would be refused now. */
    public boolean locked() {
        permits.use("locked");
        return !permits.available();
    }

    /**
     * Takes a permit, runs what {@code body} gives when it is called then, and gives the permit
     * back, however the body ends. Gives what the body gives, and throws what it or its call
     * throws.
     */
    public <T> Coroutine<T> with(AsyncCallable<T> body) {
        return permits.with(body);
    }
}
