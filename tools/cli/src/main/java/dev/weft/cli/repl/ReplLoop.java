package dev.weft.cli.repl;

import dev.weft.AsyncCallable;
import dev.weft.LoopThread;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The loop on which snippets run, one at a time, on a thread of its own. Tasks that a snippet has
 * started continue while the next one is typed.
 */
final class ReplLoop implements AutoCloseable {

    private final LoopThread thread = LoopThread.start("repl");
    private @Nullable CompletableFuture<?> running;
    private boolean isStopped;

    /** Thrown when {@link #stop} has cancelled the snippet. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Runs a snippet as a task and waits for its end.
     *
     * @throws Throwable the exception of the snippet, the same object
     */
    @Nullable Object run(AsyncCallable<Object> snippet) throws Throwable {
        CompletableFuture<?> future = begin(snippet);
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        } catch (CancellationException e) {
            throw end() ? new StoppedException() : e;
        }
    }

    private synchronized CompletableFuture<?> begin(AsyncCallable<Object> snippet) {
        isStopped = false;
        CompletableFuture<?> future = thread.submit(snippet);
        running = future;
        return future;
    }

    private synchronized boolean end() {
        running = null;
        return isStopped;
    }

    /** Cancels the snippet that is running. Any thread. */
    synchronized void stop() {
        if (running != null) {
            isStopped = true;
            running.cancel(true);
        }
    }

    /** Cancels every task, and waits for the end of the loop. */
    @Override
    public void close() {
        thread.close();
    }
}
