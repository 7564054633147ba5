package dev.weft.junit;

import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.compiled.AsyncTests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a method of a test that does not end in time. In a run of the loop, the interrupt
 * cancels the main task. A method that ignores the interrupt is interrupted again each second.
 */
final class TimeLimit implements Runnable {
    private static final long PATIENCE_SECONDS = 1;

    private final TestState state;
    private final Thread thread = Thread.currentThread();

    private boolean hasEnded;
    private boolean isPrinted;
    private @Nullable String report;

    TimeLimit(TestState state) {
        this.state = state;
    }

    /** Calls {@code call}. Throws an {@code AssertionError} if that takes too long. */
    void during(AsyncTests.Call call, Watch watch) throws Throwable {
        Future<?> alarm = watch.schedule(this, state.settings.limit().toNanos());
        Throwable failure = null;
        try {
            call.call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        alarm.cancel(false);
        String late = end();
        if (late != null) {
            AssertionError error = new AssertionError(late);
            if (failure != null) {
                error.addSuppressed(failure);
            }
            throw error;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends the watch. Returns the report if the limit has passed, and null otherwise. */
    private synchronized @Nullable String end() {
        hasEnded = true;
        if (report != null) {
            Thread.interrupted(); // that of the limit
        }
        return report;
    }

    /** Called when the limit has passed, and then each second. */
    @Override
    public void run() {
        boolean isFirst;
        synchronized (this) {
            isFirst = report == null;
        }
        String described = isFirst ? described() : null;
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            if (described != null) {
                report = described;
            } else if (!isPrinted) {
                isPrinted = true;
                System.err.println(report + "\nThe test has been interrupted, and continues.");
            }
            thread.interrupt();
        }
    }

    private String described() {
        StringBuilder text =
                new StringBuilder(state.test)
                        .append(" has not ended within ")
                        .append(Texts.of(state.settings.limit()))
                        .append(". ");
        String tasks = tasks();
        if (tasks != null) {
            text.append("These tasks are pending:").append(tasks);
        } else {
            text.append("Its thread is not in an event loop, or blocks the loop:");
            Texts.append(thread.getStackTrace(), text);
        }
        return text.append("\nComplete what they wait for, or set the timeout of @WeftTest.")
                .toString();
    }

    /** Returns the tasks of the loop, or null if the loop does not answer. */
    private @Nullable String tasks() {
        EventLoop loop = state.loopOrNull();
        if (loop == null) {
            return null;
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        try {
            loop.execute(() -> answer.complete(Texts.of(Task.all())));
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | RejectedExecutionException busy) {
            return null;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
