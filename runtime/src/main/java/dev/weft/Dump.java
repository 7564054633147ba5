package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.observe.LoopSnapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The text of {@link Weft#dump}. */
final class Dump {
    private static final long PATIENCE_MILLIS = 1_000;

    /** The tasks of a loop that are shown one by one. */
    private static final int TASKS = 1_000;

    private Dump() {}

    /** Describes the loops. All are asked before the first answer is waited for. */
    static String of(List<EventLoop> loops) {
        if (loops.isEmpty()) {
            return "no event loop is open\n";
        }
        List<Question> questions = loops.stream().map(Question::new).toList();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        StringBuilder text = new StringBuilder();
        for (Question question : questions) {
            text.append(question.answer(end));
        }
        return text.toString();
    }

    /** A loop that was asked for its tasks. */
    private static final class Question {
        private final EventLoop loop;

        /** Null if the loop cannot answer. */
        private final @Nullable CompletableFuture<LoopSnapshot> answer;

        Question(EventLoop loop) {
            this.loop = loop;
            this.answer = loop.core.isOpen() && !loop.core.isOwnThread() ? ask(loop) : null;
        }

        private static @Nullable CompletableFuture<LoopSnapshot> ask(EventLoop loop) {
            try {
                return loop.inspect(TASKS);
            } catch (RejectedExecutionException closed) {
                return null;
            }
        }

        String answer(long end) {
            if (loop.core.isOwnThread()) {
                return new Inspection(loop.core, TASKS).run().tree();
            }
            if (answer == null) {
                return approximate("not running");
            }
            try {
                long nanos = Math.max(0, end - System.nanoTime());
                return answer.get(nanos, TimeUnit.NANOSECONDS).tree();
            } catch (TimeoutException stuck) {
                answer.cancel(false);
                return stuck();
            } catch (ExecutionException failed) {
                return approximate("not readable: " + failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return approximate("not asked: this thread was interrupted");
            }
        }

        /** Describes a loop whose step does not end. */
        private String stuck() {
            Turn running = loop.core.runningNow();
            Thread thread = loop.core.liveThread();
            StringBuilder text = new StringBuilder();
            text.append("the loop has not answered for ").append(PATIENCE_MILLIS).append(" ms; ");
            text.append(running == null ? "no step runs" : "it is stuck in a step of " + running);
            text.append("\n  thread ").append(thread.getName()).append(": ");
            text.append(thread.getState()).append('\n');
            for (StackTraceElement element : thread.getStackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
            return text + approximate("read while the loop does not answer");
        }

        /** Reads the tasks on this thread. They may change meanwhile. */
        private String approximate(String reason) {
            String head = "approximate (" + reason + "): ";
            try {
                return head + new Inspection(loop.core, TASKS).runAtMost(10 * TASKS).tree();
            } catch (RuntimeException changed) {
                return head + "the tasks have changed while they were read\n";
            }
        }
    }
}
