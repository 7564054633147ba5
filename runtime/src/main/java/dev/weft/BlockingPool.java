package dev.weft;

import dev.weft.internal.thread.BlockingThreads;
import java.util.concurrent.Callable;

/**
 * A limited number of named threads for calls that block, such as the calls of a JDBC driver with
 * as many connections. Virtual threads where the JVM has them. Further calls wait in a queue, first
 * come, first served.
 *
 * <pre>{@code
 * try (BlockingPool database = new BlockingPool("database", 10)) {
 *     String name = await(database.call(() -> readName(7))); // on thread database-1
 *     log.add(name);
 * }
 * }</pre>
 *
 * <p>Any number of loops may share a pool. A call is cancelled as {@link Weft#blocking} work is;
 * one that still waits in the queue ends at once.
 */
public final class BlockingPool implements AutoCloseable {
    private final BlockingThreads threads;

    /**
     * Creates a pool of at most {@code limit} threads with the names {@code name-1}, {@code
     * name-2}, ... Threads are created when they are needed and end after a minute without work.
     *
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    public BlockingPool(String name, int limit) {
        if (name == null) {
            throw new NullPointerException("name");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit < 1: " + limit);
        }
        threads = BlockingThreads.create(name, limit);
    }

    /**
     * Calls {@code work} on a thread of the pool. Loop's thread.
     *
     * @throws IllegalStateException outside of a loop
     * @throws java.util.concurrent.RejectedExecutionException if the pool is closed
     */
    public <T> Deferred<T> call(Callable<T> work) {
        return BlockingCall.start(work, threads, false);
    }

    /** Runs {@code work} on a thread of the pool, as {@link #call}. */
    public Deferred<Void> run(BlockingRunnable work) {
        return BlockingCall.start(BlockingCall.callable(work), threads, false);
    }

    /**
     * Refuses further calls and waits until those that were accepted have ended, as {@code
     * ExecutorService.close} does. Any thread; blocks it. If the thread is interrupted, the pool's
     * threads are interrupted too, calls in the queue are cancelled, and the wait continues.
     */
    @Override
    public void close() {
        threads.close();
    }
}
