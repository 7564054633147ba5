package dev.weft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ends the loops in an orderly way when the JVM is asked to end (SIGINT, SIGTERM): a JVM shutdown
 * hook, set at the first run.
 */
final class Interrupts extends Thread {
    /** How long the JVM's end may be held up. */
    private static final long PATIENCE_MILLIS = 10_000;

    private static final Set<EventLoop> RUNNING = ConcurrentHashMap.newKeySet();
    private static boolean hooked;
    private static volatile boolean ending;

    private Interrupts() {
        super("weft-shutdown");
    }

    static void watch(EventLoop loop) {
        RUNNING.add(loop);
        hook();
    }

    static void unwatch(EventLoop loop) {
        RUNNING.remove(loop);
        synchronized (RUNNING) {
            RUNNING.notifyAll();
        }
    }

    /** Whether the JVM is ending. */
    static boolean ending() {
        return ending;
    }

    private static synchronized void hook() {
        if (!hooked) {
            hooked = true;
            try {
                Runtime.getRuntime().addShutdownHook(new Interrupts());
            } catch (IllegalStateException endingAlready) {
                return; // a run that begins while the JVM ends is not watched
            }
        }
    }

    @Override
    public void run() {
        ending = true;
        for (EventLoop loop : RUNNING) {
            end(loop);
        }
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        try {
            synchronized (RUNNING) {
                long left = PATIENCE_MILLIS;
                while (!RUNNING.isEmpty() && left > 0) {
                    RUNNING.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            }
        } catch (InterruptedException e) {
            return; // nobody interrupts this thread but who wants the JVM to end at once
        }
    }

    private static void end(EventLoop loop) {
        if (loop.isExiting()) {
            // A task has called System.exit: its thread waits for us, so we must not wait for it.
            RUNNING.remove(loop);
            return;
        }
        try {
            loop.execute(() -> loop.endMain("shut down: the JVM is ending"));
        } catch (RejectedExecutionException closed) {
            return; // it has just ended by itself
        }
    }
}
