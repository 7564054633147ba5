package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.benchmarks.workload.Sleeper;
import dev.weft.benchmarks.workload.TimerQueue;
import java.util.concurrent.locks.LockSupport;

/** Timers alone, in a wheel of one millisecond a tick. */
public final class WheelPeer implements Sleeper, TimerQueue {
    private static final long TICK = 1_000_000;

    private final TimerWheel wheel = new TimerWheel();

    @Override
    public void sleeps(SleepLog log) {
        TimerWheel due = new TimerWheel();
        long start = System.nanoTime();
        for (int i = 0; i < log.size(); i++) {
            TimerWheel.Node node = new TimerWheel.Node();
            node.payload = i;
            long nanos = log.begins(i);
            node.tick = Math.max(due.now() + 1, (System.nanoTime() + nanos - start) / TICK + 1);
            due.add(node);
        }
        int left = log.size();
        while (left > 0) {
            long wait = start + (due.now() + 1) * TICK - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            for (var node = due.advance(); node != null; node = TimerWheel.next(node)) {
                log.woke(node.payload);
                left--;
            }
        }
    }

    @Override
    public void fill(long[] delays) {
        for (long delay : delays) {
            timer(delay);
        }
    }

    @Override
    public void addAndCancel(long[] delays) {
        for (long delay : delays) {
            TimerWheel.remove(timer(delay));
        }
    }

    @Override
    public void window(long[] delays) {
        TimerWheel.Node[] window = new TimerWheel.Node[Shape.WINDOW];
        int at = 0;
        for (long delay : delays) {
            if (window[at] != null) {
                TimerWheel.remove(window[at]);
            }
            window[at] = timer(delay);
            at = at + 1 == window.length ? 0 : at + 1;
        }
        for (TimerWheel.Node last : window) {
            TimerWheel.remove(last);
        }
    }

    private TimerWheel.Node timer(long delay) {
        TimerWheel.Node node = new TimerWheel.Node();
        node.tick = delay / TICK;
        wheel.add(node);
        return node;
    }
}
