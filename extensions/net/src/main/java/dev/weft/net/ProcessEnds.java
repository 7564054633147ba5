package dev.weft.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The ends of closed child processes, off the loops: SIGTERM, and SIGKILL for what lives after 5
 * seconds of real time. Those that are requested meanwhile are handled together.
 */
final class ProcessEnds implements Runnable {
    private static final int PATIENCE_SECONDS = 5;
    private static final ProcessEnds ALL = new ProcessEnds();

    // ---- guarded by this

    private List<ProcessEnd> requested = new ArrayList<>();
    private boolean hasThread;

    private ProcessEnds() {}

    /** Requests the end of a process and of its descendants. Any thread. */
    static void request(ProcessEnd end) {
        ALL.add(end);
    }

    private synchronized void add(ProcessEnd end) {
        requested.add(end);
        if (!hasThread) {
            hasThread = true;
            start();
        }
    }

    private void start() {
        Thread thread = new Thread(this, "weft-subprocess-end");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            run(); // the loop waits for some milliseconds
        }
    }

    private synchronized List<ProcessEnd> take() {
        List<ProcessEnd> taken = requested;
        requested = new ArrayList<>();
        hasThread = !taken.isEmpty();
        return taken;
    }

    @Override
    public void run() {
        for (List<ProcessEnd> ends = take(); !ends.isEmpty(); ends = take()) {
            terminate(ends);
            List<ProcessEnd> same = ends;
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> finish(same));
        }
    }

    private static void terminate(List<ProcessEnd> ends) {
        try {
            ProcessTrees trees = ProcessTrees.look();
            ends.forEach(end -> end.terminate(trees));
        } catch (RuntimeException failure) {
            killWithoutLook(ends, failure);
        }
        ends.forEach(ProcessEnd::wasTerminated);
    }

    private static void finish(List<ProcessEnd> ends) {
        kill(ends);
        ends.forEach(ProcessEnd::hasEnded);
    }

    /** Ends those of the processes and descendants at once that are alive: SIGKILL. */
    static void kill(List<ProcessEnd> ends) {
        if (ends.stream().noneMatch(ProcessEnd::isAlive)) {
            return;
        }
        try {
            ProcessTrees trees = ProcessTrees.look();
            ends.forEach(end -> end.kill(trees));
        } catch (RuntimeException failure) {
            killWithoutLook(ends, failure);
        }
    }

    private static void killWithoutLook(List<ProcessEnd> ends, RuntimeException failure) {
        System.getLogger("dev.weft.net")
                .log(
                        System.Logger.Level.WARNING,
                        "the descendants of child processes could not be found: only the children"
                                + " are killed",
                        failure);
        ends.forEach(ProcessEnd::killKnown);
    }
}
