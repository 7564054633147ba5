package dev.weft.internal.loop;

import dev.weft.internal.report.Printable;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.ObservedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A question to a loop for its tasks, asked by any thread. A loop that is stuck, or that does not
 * run, is read by the thread that asks.
 */
public final class LoopQuestion {
    /** A loop that does nothing for the walk in this time is stuck. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** The time after which a walk that advances is given up. */
    private static final long LONGEST_MILLIS = 10_000;

    /** The tasks that another thread reads. */
    private static final int MOST_UNASKED = 10_000;

    /**
     * The tasks that are asked for.
     *
     * @param limit the largest number of tasks to describe one by one
     * @param wanted holds for the tasks to describe; null stands for all
     */
    public record Wanted(int limit, @Nullable Predicate<ObservedTask> wanted) {
        /** Returns a question for the oldest tasks. */
        public static Wanted oldest(int limit) {
            return new Wanted(limit, null);
        }
    }

    private final Loop loop;
    private final Wanted wanted;

    /** Null if the loop cannot answer. */
    private final @Nullable Walk walk;

    private LoopQuestion(Loop loop, Wanted wanted) {
        this.loop = loop;
        this.wanted = wanted;
        this.walk = loop.isOpen() && !loop.isOwnThread() ? handedIn(loop, wanted) : null;
    }

    private static @Nullable Walk handedIn(Loop loop, Wanted wanted) {
        try {
            Walk walk = loop.walk(wanted);
            loop.handIn(walk);
            return walk;
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    /** Returns the answers of loops. All are asked before the first answer is waited for. */
    public static List<LoopAnswer> ask(List<? extends Loop> loops, Wanted wanted) {
        long began = System.nanoTime();
        List<LoopQuestion> questions = new ArrayList<>();
        for (Loop loop : loops) {
            questions.add(new LoopQuestion(loop, wanted));
        }
        List<LoopAnswer> answers = new ArrayList<>();
        for (LoopQuestion question : questions) {
            answers.add(question.answer(began));
        }
        return answers;
    }

    private LoopAnswer answer(long began) {
        if (loop.isOwnThread()) {
            return LoopAnswer.exact(loop, loop.walk(wanted).runAtMost(Integer.MAX_VALUE));
        }
        if (walk == null) {
            return approximate("", "not running");
        }
        try {
            return LoopAnswer.exact(loop, await(walk, began));
        } catch (TimeoutException stuck) {
            walk.result().cancel(false);
            return loop.isOpen()
                    ? approximate(stuck(), "read while the loop does not answer")
                    : approximate("", "not running"); // the run has ended meanwhile
        } catch (ExecutionException failed) {
            return approximate("", "not readable: " + UserCode.textOf(failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return approximate("", "not asked: this thread was interrupted");
        }
    }

    /** Waits while the walk advances. */
    private static LoopSnapshot await(Walk walk, long began)
            throws ExecutionException, InterruptedException, TimeoutException {
        long patience = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long longest = TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
        long advanced = began;
        int visited = 0;
        while (true) {
            try {
                long rest = advanced + patience - System.nanoTime();
                return walk.result().get(Math.max(0, rest), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                int now = walk.visited();
                if (now == visited || System.nanoTime() - began > longest) {
                    throw late;
                }
                visited = now;
                advanced = System.nanoTime();
            }
        }
    }

    /** Describes a loop whose step does not end. */
    private String stuck() {
        Turn running = loop.runningNow();
        Thread thread = loop.liveThread();
        StringBuilder text = new StringBuilder();
        text.append("the loop has not answered for ").append(PATIENCE_MILLIS).append(" ms; ");
        text.append(
                running == null
                        ? "no step runs"
                        : "it is stuck in a step of " + Printable.of(running.toString()));
        text.append("\n  thread ").append(Printable.of(thread.getName())).append(": ");
        text.append(thread.getState().name()).append('\n');
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("    at ").append(element.toString()).append('\n');
        }
        return text.toString();
    }

    /** Reads the tasks on this thread. They may change meanwhile. */
    private LoopAnswer approximate(String stuck, String reason) {
        LoopSnapshot read = null;
        try {
            read = loop.walk(wanted).runAtMost(MOST_UNASKED);
        } catch (RuntimeException changed) {
            // no snapshot says so
        }
        return new LoopAnswer(loop, stuck, reason, read);
    }
}
