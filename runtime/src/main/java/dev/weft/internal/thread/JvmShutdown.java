package dev.weft.internal.thread;

import dev.weft.internal.idle.BareThread;
import dev.weft.internal.loop.Loop;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JVM shutdown hook that ends the runs of event loops in an orderly way when the JVM is asked to
 * end (SIGINT, SIGTERM, {@code System.exit}). Registered while a watched run lasts, and removed
 * with the last one, so that it keeps no application alive.
 *
 * <p>All state is guarded by the class.
 */
public final class JvmShutdown implements Runnable {
    /** The longest time for which the end of the JVM is delayed. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** The time for a thread other than main to execute the {@code finally} blocks around a run. */
    private static final long GRACE_MILLIS = 200;

    /** The interval at which the hook looks for threads that have called System.exit meanwhile. */
    private static final long LOOK_MILLIS = 50;

    /**
     * The id of the main thread is 1 and, on Java 25, 3. Other early threads belong to the system.
     */
    private static final long LAST_MAIN_ID = 3;

    private static final String REASON = "shut down: the JVM is ending";

    /** The loops whose runs are watched. */
    private static final Set<Loop> LOOPS = new HashSet<>();

    /** The threads that have left a run since the end of the JVM began. */
    private static final Set<Thread> LEFT = new HashSet<>();

    private static @Nullable Thread hook;
    private static boolean ending;

    private JvmShutdown() {}

    /** Returns whether {@code thread} is the one in which the JVM runs {@code main}. */
    public static boolean isMainThread(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return thread.getId() <= LAST_MAIN_ID && group != null && group.getName().equals("main");
    }

    /** Ends the run of {@code loop} when the JVM ends; at once if the JVM is ending already. */
    public static void watch(Loop loop) {
        synchronized (JvmShutdown.class) {
            if (!ending && (hook != null || register())) {
                LOOPS.add(loop);
                return;
            }
            LEFT.remove(loop.thread); // it has gone on to something else
            JvmShutdown.class.notifyAll();
        }
        loop.endRun(REASON);
    }

    /** Removes a run that has ended. */
    public static synchronized void unwatch(Loop loop) {
        if (!LOOPS.remove(loop)) {
            return;
        }
        if (ending) {
            LEFT.add(loop.thread);
            JvmShutdown.class.notifyAll();
        } else if (LOOPS.isEmpty() && hook != null && remove(hook)) {
            hook = null;
        }
    }

    /** Returns whether the run of a loop of {@code thread} has not ended. */
    public static synchronized boolean isWatched(Thread thread) {
        return LOOPS.stream().anyMatch(loop -> loop.thread == thread);
    }

    /** Returns whether the JVM is ending and the hook has requested the end of the runs. */
    public static synchronized boolean isEnding() {
        return ending;
    }

    private static boolean register() {
        Thread created = BareThread.create("weft-shutdown", new JvmShutdown());
        try {
            Runtime.getRuntime().addShutdownHook(created);
        } catch (IllegalStateException jvmIsEnding) {
            return false;
        }
        hook = created;
        return true;
    }

    private static boolean remove(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException jvmIsEnding) {
            return false;
        }
    }

    @Override
    public void run() {
        Set<Loop> loops;
        synchronized (JvmShutdown.class) {
            ending = true;
            loops = new HashSet<>(LOOPS);
        }
        for (Loop loop : loops) {
            loop.endRun(REASON);
        }
        try {
            awaitRuns(System.nanoTime() + PATIENCE_MILLIS * 1_000_000);
        } catch (InterruptedException e) {
            return; // the JVM is to end at once
        }
    }

    private static synchronized void awaitRuns(long until) throws InterruptedException {
        long graceEnds = Long.MAX_VALUE;
        long now = System.nanoTime();
        while (now - until < 0) {
            LOOPS.removeIf(loop -> isExiting(loop.liveThread()));
            LEFT.removeIf(thread -> !thread.isAlive() || isExiting(thread));
            if (!LOOPS.isEmpty()) {
                graceEnds = Long.MAX_VALUE;
            } else if (LEFT.isEmpty()) {
                return;
            } else if (LEFT.stream().noneMatch(JvmShutdown::isMainThread)) {
                graceEnds = Math.min(graceEnds, now + GRACE_MILLIS * 1_000_000);
                if (now >= graceEnds) {
                    return;
                }
            }
            JvmShutdown.class.wait(LEFT.isEmpty() ? LOOK_MILLIS : 1);
            now = System.nanoTime();
        }
    }

    /** Returns whether a thread is in System.exit, where it waits for the shutdown hooks. */
    private static boolean isExiting(Thread thread) {
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
