package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.peers.FutureLoop;
import dev.weft.benchmarks.service.Service;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Timeouts on the loop: {@code orTimeout} would end a future on another thread. All limits are
 * equal, so the order of the starts is the order of the ends, and one sleep at a time is enough.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Callbacks report to the futures that they end.
final class Timeouts {
    private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(Service.LIMIT_MILLIS);

    private final FutureLoop loop;
    private final Set<Limited> pending = new LinkedHashSet<>();
    private boolean watching;

    Timeouts(FutureLoop loop) {
        this.loop = loop;
    }

    /** A future that has to end until a point in time. */
    private record Limited(CompletableFuture<?> future, long end) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(future);
        }
    }

    /** Returns {@code future}, which fails if it takes too long. */
    <T> CompletableFuture<T> within(CompletableFuture<T> future) {
        if (!future.isDone()) {
            Limited limited = new Limited(future, System.nanoTime() + LIMIT);
            pending.add(limited);
            future.whenComplete((value, failure) -> pending.remove(limited));
            watch(LIMIT);
        }
        return future;
    }

    private void watch(long nanos) {
        if (!watching) {
            watching = true;
            loop.sleep(nanos).thenRun(this::expire);
        }
    }

    private void expire() {
        watching = false;
        long now = System.nanoTime();
        while (!pending.isEmpty()) {
            Iterator<Limited> oldest = pending.iterator();
            Limited first = oldest.next();
            if (first.end > now) {
                watch(first.end - now);
                return;
            }
            oldest.remove();
            first.future.completeExceptionally(new TimeoutException());
        }
    }
}
