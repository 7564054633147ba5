package dev.weft.benchmarks.peers;

import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Weft;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.TimerQueue;
import org.jspecify.annotations.Nullable;

/** The loop's timers alone. */
public final class WeftTimers implements TimerQueue {
    private final EventLoop loop = Weft.runner().loop();
    private final long start = loop.time();

    @Override
    public void fill(long[] delays) {
        for (long delay : delays) {
            loop.callAt(start + delay, WeftTimers::nothing);
        }
    }

    @Override
    public void addAndCancel(long[] delays) {
        for (long delay : delays) {
            loop.callAt(start + delay, WeftTimers::nothing).cancel();
        }
    }

    private static void nothing() {}

    @Override
    public void window(long[] delays) {
        @Nullable Handle[] window = new Handle[Shape.WINDOW];
        int at = 0;
        for (long delay : delays) {
            Handle oldest = window[at];
            if (oldest != null) {
                oldest.cancel();
            }
            window[at] = loop.callAt(start + delay, WeftTimers::nothing);
            at = at + 1 == window.length ? 0 : at + 1;
        }
        for (Handle last : window) {
            if (last != null) {
                last.cancel();
            }
        }
    }
}
