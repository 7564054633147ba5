package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.Turn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request for the end of a task, handed to its loop. */
final class Cancellation extends Turn {
    private static final long PATIENCE_MILLIS = 1_000;

    private final Loop loop;
    private final long task;
    private final String message;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();

    private Cancellation(Loop loop, long task, String message) {
        this.loop = loop;
        this.task = task;
        this.message = message;
    }

    /** Requests the cancellation, and returns a text that says what became of the request. */
    static String request(int loop, long task, String message) {
        List<Loop> loops = Answers.loops(loop);
        if (loop == 0 || loops.isEmpty()) {
            return "";
        }
        Cancellation request = new Cancellation(loops.get(0), task, message);
        return request.loop.isOwnThread() ? request.now() : request.handIn();
    }

    private String now() {
        return said(loop.cancelTask(task, message));
    }

    private String handIn() {
        try {
            loop.handIn(this);
            return said(result.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException stuck) {
            return "the loop has not answered for "
                    + PATIENCE_MILLIS
                    + " ms: the cancellation follows when its step has ended\n";
        } catch (RejectedExecutionException | ExecutionException closed) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "not waited for: this thread was interrupted\n";
        }
    }

    private static String said(boolean isRequested) {
        return isRequested ? "cancellation requested\n" : "the task has ended\n";
    }

    @Override
    protected void take() {
        try {
            result.complete(loop.cancelTask(task, message));
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    @Override
    public String toString() {
        return "a cancellation by a tool";
    }
}
