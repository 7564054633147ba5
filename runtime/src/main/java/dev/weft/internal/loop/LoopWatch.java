package dev.weft.internal.loop;

import dev.weft.internal.idle.BareThread;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.Tools;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Logs a step that blocks its loop, while it blocks, with the live stack of the loop's thread. One
 * daemon thread watches all loops of the JVM. It exists only while a loop runs, and sleeps without
 * a tick while all loops sleep.
 *
 * <p>The loops pay almost nothing: the watch sets a flag, and samples the running turn and the
 * number of iterations that have seen the flag. If neither changes, the loop is still in the same
 * step. A stale sample delays a report by one tick.
 */
public final class LoopWatch implements Runnable {
    /** The property is in milliseconds; 0 turns the reports off. */
    private static final long LIMIT_NANOS = Long.getLong("weft.blocked", 1_000) * 1_000_000;

    private static final long TICK_NANOS =
            LIMIT_NANOS > 0 ? Math.max(LIMIT_NANOS / 4, 1_000_000) : 250_000_000;

    /** After so many ticks in which every loop slept, the watch waits for a loop to wake. */
    private static final int IDLE_TICKS = 20;

    private static final Map<Loop, Sample> LOOPS = new ConcurrentHashMap<>();

    /** The time in tenths of a second, as of the last tick. */
    private static volatile int coarseTime;

    /** Written under the lock of the class. */
    private static volatile @Nullable Thread watcher;

    /** The life of the watcher after the last loop, so that one run after another needs but one. */
    private static final long LINGER_NANOS = 20_000_000;

    /** True if the watcher waits without a tick. */
    private static volatile boolean dozing;

    /** True if the watcher is about to end unless a loop is added. */
    private static volatile boolean lingering;

    private LoopWatch() {}

    /**
     * Returns a time in tenths of a second that costs nothing to read: up to 250 ms ago, while a
     * loop is awake. Any thread.
     */
    public static int coarseTime() {
        return coarseTime;
    }

    private static void tick() {
        coarseTime = (int) (System.nanoTime() / 100_000_000);
    }

    static void add(Loop loop) {
        tick();
        LOOPS.put(loop, new Sample());
        start();
    }

    static void remove(Loop loop) {
        LOOPS.remove(loop);
        if (LOOPS.isEmpty() && !lingering) {
            LockSupport.unpark(watcher); // must not keep the class loader of an application alive
        }
    }

    private static synchronized void start() {
        if (watcher != null) {
            loopWoke();
            return;
        }
        Thread thread = BareThread.create("weft-watch", new LoopWatch());
        try {
            thread.start();
            watcher = thread;
        } catch (OutOfMemoryError noThread) {
            return; // the loops run all the same
        }
    }

    /** Called by a loop whenever its sleep has ended. */
    static void loopWoke() {
        if (dozing) {
            dozing = false;
            tick();
            LockSupport.unpark(watcher);
        }
    }

    private static synchronized boolean endsWithoutLoops() {
        if (LOOPS.isEmpty()) {
            watcher = null;
            return true;
        }
        return false;
    }

    @Override
    public void run() {
        int idleTicks = 0;
        while (!LOOPS.isEmpty() || !endsAfterLingering()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            idleTicks = look() ? 0 : idleTicks + 1;
            Tools.lookAtRecordings();
            if (idleTicks >= IDLE_TICKS) {
                doze();
                idleTicks = 0;
            }
        }
    }

    private static boolean endsAfterLingering() {
        lingering = true;
        long end = System.nanoTime() + LINGER_NANOS;
        for (long rest = LINGER_NANOS; rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(LOOPS, rest);
        }
        lingering = false;
        return endsWithoutLoops();
    }

    /** Looks at every loop; returns whether one is awake. */
    private static boolean look() {
        tick();
        boolean awake = false;
        for (Map.Entry<Loop, Sample> entry : LOOPS.entrySet()) {
            entry.getKey().sampleAges();
            if (entry.getKey().isAsleep()) {
                entry.getValue().turn = null; // or the last turn before a long sleep stays alive
                entry.getKey().sampleAges();
            } else {
                awake = true;
                entry.getValue().take(entry.getKey());
            }
        }
        return awake;
    }

    /**
     * Waits until a loop wakes. No wake-up is lost: a loop leaves its sleep by an atomic exchange
     * and then reads {@code dozing}; this thread writes {@code dozing} and then looks for a loop
     * that is awake.
     */
    private static void doze() {
        dozing = true;
        for (Loop loop : LOOPS.keySet()) {
            if (!loop.isAsleep()) {
                dozing = false;
                return;
            }
        }
        while (dozing && !LOOPS.isEmpty()) {
            LockSupport.park(LOOPS);
        }
        dozing = false;
    }

    /** The last look at a loop. */
    private static final class Sample {
        private @Nullable Turn turn;
        private int attended;
        private long since;
        private boolean isReported;

        void take(Loop loop) {
            Turn running = loop.runningNow();
            int attended = loop.askForAttention();
            long now = System.nanoTime();
            if (running == null || running != turn || attended != this.attended) {
                this.turn = running;
                this.attended = attended;
                since = now;
                isReported = false;
            } else if (LIMIT_NANOS > 0 && !isReported && now - since >= LIMIT_NANOS) {
                isReported = true;
                report(loop, running);
            }
        }
    }

    private static void report(Loop loop, Turn turn) {
        Observation observation = loop.observation();
        if (observation != null) {
            observation.stepOverdue(turn.toString(), loop.liveThread(), LIMIT_NANOS);
        }
        Log.warning(
                "the event loop is stuck in a step of "
                        + turn
                        + ", which has run for "
                        + LIMIT_NANOS / 1_000_000
                        + " ms; nothing else runs meanwhile. Use await(blocking(...)) for work that blocks",
                loop.liveThread());
    }
}
