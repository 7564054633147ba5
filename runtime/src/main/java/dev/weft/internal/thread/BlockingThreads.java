package dev.weft.internal.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads for calls that block: virtual ones where the JVM has them (Java 21, JEP 444), otherwise
 * daemon threads. All have names.
 */
public final class BlockingThreads implements Executor {
    /** The largest default pool before Java 21. As many as asyncio's default executor has. */
    private static final int DEFAULT_LIMIT = 32;

    private static final long IDLE_SECONDS = 60;

    private final ExecutorService executor;

    /** Work that is notified if it will never begin. */
    public interface Work extends Runnable {
        /** Called instead of {@link #run}. */
        void drop();
    }

    private BlockingThreads(ExecutorService executor) {
        this.executor = executor;
    }

    /** Creates threads without a limit where they are virtual, otherwise at most 32. */
    public static BlockingThreads create(String name) {
        ThreadFactory virtual = virtualFactory(name);
        return new BlockingThreads(
                virtual == null ? pool(DEFAULT_LIMIT, platformFactory(name)) : perTask(virtual));
    }

    /** Creates at most {@code limit} threads. */
    public static BlockingThreads create(String name, int limit) {
        ThreadFactory virtual = virtualFactory(name);
        return new BlockingThreads(pool(limit, virtual == null ? platformFactory(name) : virtual));
    }

    private static ExecutorService pool(int limit, ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        limit,
                        limit,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory platformFactory(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Returns a factory of virtual threads; null before Java 21. Compiled for 17, so reflective.
     */
    private static @Nullable ThreadFactory virtualFactory(String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            builder =
                    type.getMethod("name", String.class, long.class)
                            .invoke(builder, name + "-", 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException | UnsupportedOperationException before21) {
            return null;
        }
    }

    private static ExecutorService perTask(ThreadFactory virtual) {
        try {
            return (ExecutorService)
                    Executors.class
                            .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                            .invoke(null, virtual);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a JVM with virtual threads has their executor", e);
        }
    }

    /**
     * Runs {@code work} on one of the threads.
     *
     * @throws RejectedExecutionException if the threads are shut down, or if the first of them
     *     cannot be created
     */
    @Override
    public void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (OutOfMemoryError noThread) {
            // The operating system refuses another thread. Those that exist take the work.
            if (!(executor instanceof ThreadPoolExecutor pool)
                    || pool.getPoolSize() == 0
                    || !String.valueOf(noThread.getMessage()).contains("thread")) {
                throw new RejectedExecutionException("no thread can be created", noThread);
            }
            if (!pool.getQueue().contains(work)) {
                pool.getQueue().add(work);
            }
        }
    }

    /** Refuses further work. What was accepted runs. */
    public void shutdown() {
        executor.shutdown();
    }

    /** Waits until all work has ended, at most {@code nanos}. Returns whether it has. */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Refuses further work and waits until all work has ended. An interrupt of the caller
     * interrupts the threads, cancels the work that has not begun, and stays set.
     */
    public void close() {
        shutdown();
        boolean wasInterrupted = false;
        for (boolean hasEnded = false; !hasEnded; ) {
            try {
                hasEnded = executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                wasInterrupted = true;
                for (Runnable queued : executor.shutdownNow()) {
                    ((Work) queued).drop();
                }
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
