package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Debug mode's clock: logs a step that took too long when it ends, and one that does not end while
 * it lasts, with the live stack of the loop's thread. A daemon thread looks at it from time to
 * time; the loop only writes down what it began and when.
 */
final class StepWatch implements Runnable {
    private static final long SLOW = 100_000_000L;
    private static final long STUCK = 1_000_000_000L;

    private final Thread loop;
    private @Nullable Thread watcher;
    private volatile @Nullable Entry entry;
    private volatile long began;

    StepWatch(Thread loop) {
        this.loop = loop;
    }

    void run(Entry entry) {
        if (watcher == null) {
            watcher = new Thread(this, "weft-watch-" + loop.getName());
            watcher.setDaemon(true);
            watcher.start();
        }
        Entry outer = this.entry;
        long start = System.nanoTime();
        began = start;
        this.entry = entry;
        try {
            entry.run();
        } finally {
            this.entry = outer;
            long took = System.nanoTime() - start;
            if (took > SLOW) {
                Log.warning(
                        "a step of "
                                + entry
                                + " took "
                                + took / 1_000_000
                                + " ms; nothing else ran meanwhile");
            }
        }
    }

    void stop() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    @Override
    public void run() {
        Entry reported = null;
        try {
            while (loop.isAlive()) {
                Thread.sleep(STUCK / 1_000_000 / 4);
                Entry now = entry;
                if (now != null && now != reported && System.nanoTime() - began > STUCK) {
                    reported = now;
                    Throwable stack = new Throwable("the loop's thread is here");
                    stack.setStackTrace(loop.getStackTrace());
                    Log.warning("the loop is stuck in a step of " + now, stack);
                } else if (now == null) {
                    reported = null;
                }
            }
        } catch (InterruptedException stopped) {
            // the loop has closed
        }
    }
}
