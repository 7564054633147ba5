package dev.weft;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.report.Log;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a loop (rule 26). Cancels every task in the order of creation, waits until each has
 * ended, repeats that for tasks created meanwhile, and closes the loop when there are none. Then it
 * waits for the loop's own threads. All of that is bounded by 10 s of real time; after that one
 * report names the tasks that resist.
 *
 * <p>No error of a task or a callback stops this: the first fatal error is kept, and thrown when
 * the loop is closed.
 */
final class Shutdown implements Loop.Condition {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** The passes for what is ready when the time is over. */
    private static final int LAST_PASSES = 100;

    /** The rounds for callbacks that schedule further callbacks. */
    private static final int ROUNDS = 10;

    private final TaskLoop loop;

    /** The number of the last task that was cancelled. */
    private long lastCancelled;

    private int passesLate;

    /** True if the tasks that resist have been reported. */
    private boolean isReported;

    private @Nullable Throwable fatal;

    private Shutdown(TaskLoop loop) {
        this.loop = loop;
    }

    /** Ends {@code loop}. No effect on a closed loop. */
    static void run(TaskLoop loop) {
        if (!loop.isClosed()) {
            new Shutdown(loop).run();
        }
    }

    /** Ends {@code loop} because of a fatal error, and throws that. */
    static RuntimeException becauseOf(Throwable fatal, TaskLoop loop) {
        Shutdown shutdown = new Shutdown(loop);
        shutdown.keep(fatal);
        shutdown.run();
        throw Thrown.sneak(fatal);
    }

    private void run() {
        if (loop.isDebug()) {
            logPending();
        }
        loop.startEnding(System.nanoTime() + PATIENCE_NANOS);
        settle(false);
        loop.closeInbox(); // at once, or faster threads hold up the end; what was accepted runs
        settle(true);
        endThreads();
        loop.close();
        if (fatal != null) {
            throw Thrown.sneak(fatal);
        }
    }

    private void logPending() {
        List<Task<?>> pending =
                loop.allTasks().stream().filter(task -> task.requests() == 0).toList();
        if (!pending.isEmpty()) {
            Log.warning(described("the event loop ends, and these tasks are pending:", pending));
        }
    }

    /**
     * Ends all tasks and, if {@code all}, what their end has scheduled, and reports the failures
     * that remain. Begins again after a fatal error.
     */
    private void settle(boolean all) {
        int rounds = 0;
        do {
            try {
                endTasks();
                closeGenerators();
                if (all) {
                    runRest();
                    loop.failures.reportAllUnseen();
                }
                rounds++;
            } catch (Throwable exception) {
                keep(exception); // of one turn: those behind it are to run too
            }
        } while (!isSettled(all) && rounds < ROUNDS && patience() > 0);
    }

    private boolean isSettled(boolean all) {
        return (!loop.hasTasks() || isReported) && !(all && loop.hasReady());
    }

    private void endTasks() {
        while (loop.hasTasks() && !isReported) {
            cancelTasks();
            boolean canGoOn = loop.runUntil(this);
            if (loop.hasTasks() && (!canGoOn || passesLate > LAST_PASSES)) {
                reportResistance();
            }
        }
    }

    /**
     * Closes the generators that have begun and not ended, the newest first, and ends the tasks
     * that their clean-ups have created.
     */
    private void closeGenerators() {
        while (!isReported && loop.takeGenerator() instanceof AsyncCloseable generator) {
            Task<Void> closing = loop.createTask("close", generator.closeAsync());
            lastCancelled = loop.lastTaskNumber(); // this task is not cancelled
            boolean canGoOn = loop.runUntil(new Closed(closing));
            if (!closing.done() && (!canGoOn || patience() == 0)) {
                CancelSweep.internal("shut down: the event loop ends").cancel(closing);
            }
            endTasks();
            if (closing.outcome() instanceof Thrown thrown && !thrown.isCancellation()) {
                loop.failures.report(
                        new Unhandled(
                                "a stream failed when the end of the loop closed it",
                                thrown.seen().exception,
                                closing));
            }
        }
    }

    /** Holds when a generator is closed, or the time is over. */
    private final class Closed implements Loop.Condition {
        private final Task<?> closing;

        Closed(Task<?> closing) {
            this.closing = closing;
        }

        @Override
        public boolean holds() {
            return closing.done() || patience() == 0;
        }

        @Override
        public long patience() {
            return loop.patience();
        }
    }

    /** Cancels the tasks that are new. After an error, the others are in their clean-up. */
    private void cancelTasks() {
        CancelSweep sweep = CancelSweep.internal("shut down: the event loop ends");
        try {
            Task<?> task = loop.oldestTaskAfter(lastCancelled);
            for (; task != null; task = task.next) {
                sweep.ask(task);
            }
            lastCancelled = loop.lastTaskNumber();
        } finally {
            sweep.finish();
        }
    }

    /** Returns whether the tasks that were cancelled have ended, or the time is over. */
    @Override
    public boolean holds() {
        Task<?> oldest = loop.oldestTask();
        return oldest == null
                || oldest.id() > lastCancelled
                || (patience() == 0 && ++passesLate > LAST_PASSES);
    }

    @Override
    public long patience() {
        return loop.patience();
    }

    private void reportResistance() {
        isReported = true;
        List<Task<?>> tasks = loop.allTasks();
        loop.failures.report(
                new Unhandled(
                        "tasks resist the end of the loop",
                        new IllegalStateException(
                                described(
                                        "the event loop closes although these tasks have not ended:",
                                        tasks)),
                        tasks.get(0)));
    }

    private static String described(String heading, List<Task<?>> tasks) {
        StringBuilder text = new StringBuilder(heading);
        Traces.describe(tasks, text);
        return text.toString();
    }

    /** Runs the callbacks that are ready, and those that they schedule, for some passes. */
    private void runRest() {
        if (loop.hasReady()) {
            loop.runUntil(new Rest(loop));
        }
    }

    /** Holds when nothing is ready, or after too many passes. */
    private static final class Rest implements Loop.Condition {
        private final TaskLoop loop;
        private int passes;

        Rest(TaskLoop loop) {
            this.loop = loop;
        }

        @Override
        public boolean holds() {
            return !loop.hasReady() || ++passes > LAST_PASSES;
        }
    }

    private void keep(Throwable exception) {
        if (fatal == null) {
            fatal = exception;
        }
    }

    /** Waits for blocking work, and reports the failures of work that the closed inbox refused. */
    private void endThreads() {
        try {
            awaitThreads();
            loop.failures.reportAllUnseen();
        } catch (Throwable exception) {
            keep(exception);
        }
    }

    /** Waits for blocking work on the loop's own threads. An interrupt ends the wait. */
    private void awaitThreads() {
        boolean haveEnded;
        try {
            haveEnded = loop.awaitBlockingThreads(patience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!haveEnded) {
            loop.failures.report(
                    new Unhandled(
                            "blocking work resists the end of the loop",
                            new IllegalStateException(
                                    "the event loop closes although blocking work of its own threads has not"
                                            + " ended"),
                            null));
        }
    }
}
