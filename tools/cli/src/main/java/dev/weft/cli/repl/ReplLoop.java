package dev.weft.cli.repl;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop on which snippets run, one at a time, on a thread of its own. Tasks that a snippet has
 * started continue while the next one is typed.
 */
final class ReplLoop implements AutoCloseable {

    /** The time for a cancelled snippet to end; then the next ones get another loop. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Consumer<String> messages;
    private LoopThread thread = LoopThread.start("repl");
    private @Nullable CompletableFuture<?> running;
    private CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    private boolean isStopped;

    /** Thrown when {@link #stop} has cancelled the snippet. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    ReplLoop(Consumer<String> messages) {
        this.messages = messages;
    }

    /**
     * Runs a snippet as a task and waits for its end.
     *
     * @throws Throwable the exception of the snippet, the same object
     */
    @Nullable Object run(AsyncCallable<Object> snippet) throws Throwable {
        try {
            return begin(snippet).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        } catch (CancellationException e) {
            throw end() ? new StoppedException() : e;
        } finally {
            end();
        }
    }

    private synchronized CompletableFuture<@Nullable Object> begin(AsyncCallable<Object> snippet) {
        isStopped = false;
        CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
        CompletableFuture<Object> task = thread.submit(snippet);
        running = task;
        result = future;
        CompletableFuture<?> unused =
                task.whenComplete(
                        (value, failure) -> {
                            if (failure == null) {
                                future.complete(value);
                            } else {
                                future.completeExceptionally(failure);
                            }
                        });
        return future;
    }

    private synchronized boolean end() {
        running = null;
        return isStopped;
    }

    /** Cancels the snippet that is running. If its code does not end, another loop takes over. */
    synchronized void stop() {
        if (running != null) {
            isStopped = true;
            running.cancel(true);
            LoopThread stopped = thread;
            CompletableFuture<?> turn = stopped.submit(Coroutine::done);
            CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> abandonUnless(stopped, turn));
        }
    }

    private synchronized void abandonUnless(LoopThread stopped, CompletableFuture<?> turn) {
        if (thread == stopped && !turn.isDone()) {
            thread = LoopThread.start("repl");
            messages.accept(
                    "The snippet blocks its loop and does not end. The next snippets run on a new"
                            + " loop, without the tasks of this one.");
            result.completeExceptionally(new StoppedException()); // of a snippet that waits
        }
    }

    /** Cancels every task, and waits for the end of the loop. */
    @Override
    public synchronized void close() {
        thread.close();
    }
}
