package dev.weft;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where blocking work of a loop runs: an executor that the caller gave, or one of its own, which
 * ends with the loop.
 */
final class OffLoop {
    private final EventLoop loop;
    private final boolean given;
    private @Nullable ExecutorService executor;

    OffLoop(EventLoop loop, @Nullable ExecutorService executor) {
        this.loop = loop;
        this.executor = executor;
        this.given = executor != null;
    }

    <T> Deferred<T> run(Callable<T> work) {
        return BlockingWork.begin(loop, work, executor());
    }

    void close() {
        if (executor != null && !given) {
            executor.shutdown();
        }
    }

    private ExecutorService executor() {
        if (executor == null) {
            executor = create();
        }
        return executor;
    }

    private static ExecutorService create() {
        try {
            // Java 21 and up, JEP 444; looked up because this is compiled for Java 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException before21) {
            AtomicInteger number = new AtomicInteger();
            ThreadFactory daemons =
                    work -> {
                        Thread thread =
                                new Thread(work, "weft-blocking-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    };
            return Executors.newCachedThreadPool(daemons);
        }
    }
}
