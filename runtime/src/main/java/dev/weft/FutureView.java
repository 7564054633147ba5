package dev.weft;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A deferred result, seen by other threads as a future. */
final class FutureView<T> extends CompletableFuture<T> {
    private final Deferred<T> deferred;

    private FutureView(Deferred<T> deferred) {
        this.deferred = deferred;
    }

    static <T> CompletableFuture<T> of(Deferred<T> deferred) {
        FutureView<T> view = new FutureView<>(deferred);
        if (deferred.done()) {
            end(view, deferred);
        } else {
            deferred.addWaiter(
                    new Entry() {
                        @Override
                        void run() {
                            end(view, deferred);
                        }
                    });
        }
        return view;
    }

    /** Ends {@code future} as {@code deferred} has ended. */
    static <T> void end(CompletableFuture<T> future, Deferred<T> deferred) {
        Object outcome = deferred.delivered();
        if (outcome instanceof Thrown thrown) {
            future.completeExceptionally(
                    thrown.cancelled() ? new CancellationException() : thrown.exception);
        } else {
            @SuppressWarnings("unchecked")
            T value = (T) outcome;
            future.complete(value);
        }
    }

    /**
     * Cancels the deferred result too, on its loop; the argument has no effect, as in {@link
     * CompletableFuture#cancel}.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            try {
                deferred.loop.execute(() -> deferred.stop(null));
            } catch (RejectedExecutionException closed) {
                return true; // the loop has ended, and what ran on it too
            }
        }
        return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public String toString() {
        return "future of " + deferred;
    }
}
