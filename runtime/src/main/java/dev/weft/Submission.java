package dev.weft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A body that another thread has handed in, and the future that it got for it. */
final class Submission<T> extends CompletableFuture<T> {
    private final EventLoop loop;
    private @Nullable Task<T> task;

    private Submission(EventLoop loop) {
        this.loop = loop;
    }

    static <T> CompletableFuture<T> to(EventLoop loop, AsyncCallable<T> body) {
        Coroutine<T> coroutine = Coroutine.from(body);
        Submission<T> future = new Submission<>(loop);
        try {
            loop.execute(() -> future.start(coroutine));
        } catch (RejectedExecutionException closed) {
            coroutine.close();
            throw closed;
        }
        return future;
    }

    private void start(Coroutine<T> coroutine) {
        if (isDone()) {
            coroutine.close(); // cancelled before the loop got to it
            return;
        }
        Task<T> started = loop.createTask(null, coroutine);
        task = started;
        started.addWaiter(
                new Entry() {
                    @Override
                    void run() {
                        FutureView.end(Submission.this, started);
                    }
                });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            try {
                loop.execute(this::cancelTask);
            } catch (RejectedExecutionException closed) {
                return true; // the task has ended with the loop
            }
        }
        return cancelled;
    }

    private void cancelTask() {
        if (task != null) {
            task.stop(null);
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
