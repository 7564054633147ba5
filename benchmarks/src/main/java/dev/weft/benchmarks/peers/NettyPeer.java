package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.benchmarks.workload.Sleeper;
import dev.weft.benchmarks.workload.TimerQueue;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Netty's timer wheel, with a tick of one millisecond. */
public class NettyPeer implements Sleeper, TimerQueue {
    private static final TimerTask NOTHING = timeout -> {};

    private final HashedWheelTimer wheel;

    public NettyPeer() {
        this(1, 16_384);
    }

    NettyPeer(int tickMillis, int slots) {
        wheel =
                new HashedWheelTimer(
                        new DefaultThreadFactory("wheel", true),
                        tickMillis,
                        TimeUnit.MILLISECONDS,
                        slots);
    }

    @Override
    public void sleeps(SleepLog log) throws InterruptedException {
        CountDownLatch awake = new CountDownLatch(log.size());
        for (int i = 0; i < log.size(); i++) {
            int index = i;
            after(
                    log.begins(i),
                    timeout -> {
                        log.woke(index);
                        awake.countDown();
                    });
        }
        awake.await();
    }

    @Override
    public void fill(long[] delays) throws InterruptedException {
        for (long delay : delays) {
            after(delay, NOTHING);
        }
        // The wheel's thread takes 100,000 new timers per tick; there is no way to ask whether it
        // has them all.
        TimeUnit.SECONDS.sleep(1);
    }

    @Override
    public void addAndCancel(long[] delays) {
        for (long delay : delays) {
            after(delay, NOTHING).cancel();
        }
    }

    @Override
    public void window(long[] delays) {
        @Nullable Timeout[] window = new Timeout[Shape.WINDOW];
        int at = 0;
        for (long delay : delays) {
            Timeout oldest = window[at];
            if (oldest != null) {
                oldest.cancel();
            }
            window[at] = after(delay, NOTHING);
            at = at + 1 == window.length ? 0 : at + 1;
        }
        for (Timeout last : window) {
            if (last != null) {
                last.cancel();
            }
        }
    }

    private Timeout after(long nanos, TimerTask work) {
        return wheel.newTimeout(work, nanos, TimeUnit.NANOSECONDS);
    }
}
