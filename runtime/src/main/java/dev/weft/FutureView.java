package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.UserCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A result of a loop seen by other threads: of a {@link Deferred}, or of a body that another thread
 * has submitted. Ends at the latest when the loop closes.
 */
final class FutureView<T> extends CompletableFuture<T> {
    private final TaskLoop loop;

    /** Null until the submitted body has become a task. Loop's thread. */
    private @Nullable Deferred<T> deferred;

    private FutureView(TaskLoop loop) {
        this.loop = loop;
    }

    static <T> CompletableFuture<T> of(Deferred<T> deferred) {
        FutureView<T> view = new FutureView<>(deferred.loop);
        view.follow(deferred);
        return view;
    }

    static <T> CompletableFuture<T> submit(TaskLoop loop, AsyncCallable<T> body) {
        Coroutine<T> coroutine = Coroutine.from(body);
        FutureView<T> view = new FutureView<>(loop);
        if (loop.isEnding() && !loop.isOwnThread() && loop.acceptsHandIns()) {
            view.cancelAtEnd(coroutine); // here: the inbox would grow faster than the loop works
            return view;
        }
        try {
            Runnable start = () -> view.start(coroutine);
            if (loop.isOwnThread() && !loop.isClosed()) {
                Callback.soon(loop, start);
            } else {
                Callback.handIn(loop, start);
            }
        } catch (RejectedExecutionException closed) {
            coroutine.close();
            throw closed;
        }
        return view;
    }

    private void start(Coroutine<T> coroutine) {
        if (isDone()) {
            coroutine.close(); // cancelled before its turn
        } else if (loop.isEnding()) {
            cancelAtEnd(coroutine);
        } else {
            follow(loop.createTask(null, coroutine));
        }
    }

    private void cancelAtEnd(Coroutine<T> coroutine) {
        coroutine.close();
        super.completeExceptionally(new Cancelled("shut down: the event loop ends", null));
    }

    private void follow(Deferred<T> followed) {
        deferred = followed;
        if (followed.done()) {
            end();
        } else if (loop.isClosed()) {
            loopClosed();
        } else {
            loop.addView(this);
            followed.addWaiter(
                    new Turn() {
                        @Override
                        protected void take() {
                            loop.removeView(FutureView.this);
                            end();
                        }
                    });
        }
    }

    /** Ends this as the deferred result has ended. */
    private void end() {
        Deferred<T> ended = deferred;
        if (ended == null) {
            return;
        }
        if (!(ended.outcome() instanceof Thrown thrown)) {
            @SuppressWarnings("unchecked")
            T value = (T) ended.delivered();
            super.complete(value);
        } else if (super.completeExceptionally(
                thrown.isCancellation() ? cancellation(thrown) : thrown.exception)) {
            thrown.seen(); // otherwise this future was cancelled and does not have the failure
        }
    }

    /**
     * A cancellation without a Java stack, which would only show the loop and cost time for many
     * futures. The cause, if there is one, shows where the task was suspended.
     */
    private static final class Cancelled extends CancellationException {
        private static final long serialVersionUID = 1;

        Cancelled(@Nullable String message, @Nullable Throwable cause) {
            super(message);
            initCause(cause);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // hides this class, not the message
        public String toString() {
            String name = CancellationException.class.getName();
            return getMessage() == null ? name : name + ": " + getMessage();
        }
    }

    private static CancellationException cancellation(Thrown thrown) {
        return new Cancelled(UserCode.messageOf(thrown.exception), thrown.exception);
    }

    /** Called when the loop closes, so that the result will not arrive. */
    void loopClosed() {
        super.completeExceptionally(
                new Cancelled(
                        "the event loop has closed, and "
                                + (deferred == null ? "the body" : deferred)
                                + " has not ended",
                        null));
    }

    /** Returns whether this is a view of a result of {@code other}. */
    boolean isOf(TaskLoop other) {
        return loop == other;
    }

    /** Cancels the result too, on its loop. The argument has no effect. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean isCancelled = super.cancel(mayInterruptIfRunning);
        if (isCancelled) {
            try {
                Runnable cancel = this::cancelDeferred;
                if (loop.isOwnThread() && !loop.isClosed()) {
                    Callback.soon(loop, cancel);
                } else {
                    Callback.handIn(loop, cancel);
                }
            } catch (RejectedExecutionException closed) {
                return true; // the result has ended with the loop
            }
        }
        return isCancelled;
    }

    private void cancelDeferred() {
        if (deferred != null) {
            CancelSweep.byUser(null).cancel(deferred);
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public String toString() {
        return "future of " + (deferred == null ? "a submitted body" : deferred);
    }
}
