package dev.weft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a loop (rule 26): cancels every task, in order of creation, waits until each has
 * really ended, begins again with the tasks that were created meanwhile, and closes the loop when
 * there are none. Whoever resists for too long is named and left.
 *
 * <p>Nothing that a task or a callback throws stops it: a fatal error is kept, and thrown when the
 * loop is closed.
 */
final class Shutdown implements LoopCore.Condition {
    private static final long PATIENCE = 10_000_000_000L;

    /** How many more iterations there are for what is ready when there is no time left. */
    private static final int LAST_PASSES = 100;

    /**
     * After how many generations of tasks, and rounds of callbacks, other threads are refused: who
     * submits without end would keep the loop from ending.
     */
    private static final int ROUNDS = 10;

    private final EventLoop loop;
    private final long until = System.nanoTime() + PATIENCE;
    private List<Task<?>> waitedFor = List.of();
    private int ended;
    private int overtime;
    private int generations;

    /** How often the loop had work again although all tasks had ended. */
    private int rounds;

    /** Whether somebody resists. */
    private boolean resisted;

    private @Nullable Throwable fatal;

    private Shutdown(EventLoop loop) {
        this.loop = loop;
    }

    static void run(EventLoop loop) {
        if (!loop.isClosed()) {
            new Shutdown(loop).run();
        }
    }

    /** As {@link #run}, because of {@code fatal}, which it throws in the end. */
    static RuntimeException because(Throwable fatal, EventLoop loop) {
        Shutdown shutdown = new Shutdown(loop);
        shutdown.keep(fatal);
        shutdown.run();
        throw Thrown.sneak(fatal);
    }

    private void run() {
        if (loop.isDebug() && !loop.tasks.isEmpty()) {
            Log.warning(described("the event loop ends, and these tasks are pending:"));
        }
        settle();
        loop.rejectHandIns();
        rest(); // what was handed in last starts before it is cancelled
        settle();
        loop.close();
        if (fatal != null) {
            throw Thrown.sneak(fatal);
        }
    }

    /** Ends all tasks, and what their end begins, and reports what nobody can look at any more. */
    private void settle() {
        boolean again;
        do {
            try {
                endTasks();
                runRest();
                loop.failures.reportAll();
                again = isUnsettled();
            } catch (Throwable exception) {
                keep(exception);
                again = true;
            }
        } while (again && patience() > 0);
    }

    private boolean isUnsettled() {
        return (!loop.tasks.isEmpty() && !resisted) || (loop.hasWork() && ++rounds <= ROUNDS);
    }

    private void endTasks() {
        while (!loop.tasks.isEmpty()) {
            if (++generations > ROUNDS) {
                loop.rejectHandIns();
            }
            waitedFor = loop.tasks.all();
            ended = 0;
            overtime = 0;
            for (Task<?> task : waitedFor) {
                task.stop("shut down: the event loop ends");
            }
            if (!loop.runUntil(this) || overtime > 0) {
                leave();
                return;
            }
        }
    }

    /** Lets the callbacks run that the end of the tasks has queued, and what was handed in. */
    private void runRest() {
        if (loop.hasWork()) {
            loop.runUntil(new Rest(loop));
        }
    }

    /** Nothing is left to run, or it goes on for too long. */
    private static final class Rest implements LoopCore.Condition {
        private final EventLoop loop;
        private int passes;

        Rest(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public boolean holds() {
            return !loop.hasWork() || ++passes > LAST_PASSES;
        }
    }

    private void rest() {
        try {
            runRest();
        } catch (Throwable exception) {
            keep(exception);
        }
    }

    private void keep(Throwable exception) {
        if (fatal == null) {
            fatal = exception;
        }
    }

    private void leave() {
        if (resisted) {
            return;
        }
        resisted = true;
        String text = described("the event loop closes although these tasks have not ended:");
        loop.report(
                new Unhandled(
                        "tasks resist the end of the loop",
                        new IllegalStateException(text),
                        loop.tasks.all().get(0)));
    }

    private String described(String what) {
        StringBuilder text = new StringBuilder(what);
        Traces.describe(loop.tasks.all(), text);
        return text.toString();
    }

    /** Whether those that this round waits for have ended, or it is too late. */
    @Override
    public boolean holds() {
        while (ended < waitedFor.size() && waitedFor.get(ended).done()) {
            ended++;
        }
        return ended == waitedFor.size() || (patience() == 0 && ++overtime > LAST_PASSES);
    }

    @Override
    public long patience() {
        return Math.max(0, until - System.nanoTime());
    }
}
