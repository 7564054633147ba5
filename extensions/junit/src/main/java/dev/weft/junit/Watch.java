package dev.weft.junit;

import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The thread of all time limits of one execution of tests. */
final class Watch implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(
                    1,
                    work -> {
                        Thread thread = new Thread(work, "weft-test-limits");
                        thread.setDaemon(true);
                        return thread;
                    });

    private Watch() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Returns the watch of the execution. JUnit closes it at the end. */
    @SuppressWarnings("deprecation") // its successor is new in JUnit 6
    static Watch of(ExtensionContext context) {
        return Objects.requireNonNull(
                context.getRoot()
                        .getStore(Namespace.create(Watch.class))
                        .getOrComputeIfAbsent(Watch.class, key -> new Watch(), Watch.class));
    }

    /** Runs {@code alarm} after {@code nanos}, and then each second, until it is cancelled. */
    Future<?> schedule(Runnable alarm, long nanos) {
        return executor.scheduleWithFixedDelay(alarm, nanos, PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
