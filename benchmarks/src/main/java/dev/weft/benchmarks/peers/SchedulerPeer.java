package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.benchmarks.workload.Sleeper;
import dev.weft.benchmarks.workload.TimerQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's timers, on one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // What fires says so itself.
public final class SchedulerPeer implements Sleeper, TimerQueue {
    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(
                    1,
                    work -> {
                        Thread thread = new Thread(work);
                        thread.setDaemon(true);
                        return thread;
                    });

    public SchedulerPeer() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void sleeps(SleepLog log) throws InterruptedException {
        CountDownLatch awake = new CountDownLatch(log.size());
        for (int i = 0; i < log.size(); i++) {
            int index = i;
            after(
                    log.begins(i),
                    () -> {
                        log.woke(index);
                        awake.countDown();
                    });
        }
        awake.await();
    }

    @Override
    public void fill(long[] delays) {
        for (long delay : delays) {
            after(delay, SchedulerPeer::nothing);
        }
    }

    @Override
    public void addAndCancel(long[] delays) {
        for (long delay : delays) {
            after(delay, SchedulerPeer::nothing).cancel(false);
        }
    }

    @Override
    public void window(long[] delays) {
        @Nullable Future<?>[] window = new Future<?>[Shape.WINDOW];
        int at = 0;
        for (long delay : delays) {
            Future<?> oldest = window[at];
            if (oldest != null) {
                oldest.cancel(false);
            }
            window[at] = after(delay, SchedulerPeer::nothing);
            at = at + 1 == window.length ? 0 : at + 1;
        }
        for (Future<?> last : window) {
            if (last != null) {
                last.cancel(false);
            }
        }
    }

    private static void nothing() {}

    private Future<?> after(long nanos, Runnable work) {
        return scheduler.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }
}
