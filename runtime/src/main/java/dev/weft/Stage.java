package dev.weft;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stage of somebody else's, seen from a loop. As long as it is awaited, virtual time stands
 * still.
 */
final class Stage<T> extends Promise<T> {
    private final CompletionStage<T> stage;
    private boolean counted;

    private Stage(CompletionStage<T> stage, EventLoop loop) {
        super(loop);
        this.stage = stage;
    }

    static <T> Deferred<T> of(CompletionStage<T> stage, EventLoop loop) {
        Stage<T> view = new Stage<>(stage, loop);
        stage.whenComplete(view::ended);
        return view;
    }

    private void ended(@Nullable T value, @Nullable Throwable exception) {
        if (exception == null) {
            complete(value);
        } else {
            Throwable cause = unwrapped(exception);
            fail(cause instanceof CancellationException ? cancelled(cause) : cause);
        }
    }

    static Throwable unwrapped(Throwable exception) {
        Throwable cause = exception instanceof CompletionException ? exception.getCause() : null;
        return cause == null ? exception : cause;
    }

    private static CancelledError cancelled(Throwable cause) {
        CancelledError error = new CancelledError(cause.getMessage());
        error.initCause(cause);
        return error;
    }

    @Override
    void addWaiter(Entry waiter) {
        if (!counted && !done()) {
            counted = true;
            loop.outside++;
        }
        super.addWaiter(waiter);
    }

    @Override
    void unattended() {
        uncount();
    }

    @Override
    boolean stop(@Nullable String message) {
        if (!super.stop(message)) {
            return false;
        }
        uncount();
        CompletableFuture<T> future;
        try {
            future = stage.toCompletableFuture();
        } catch (UnsupportedOperationException e) {
            return true; // CompletionStage allows that; then there is no way to tell it
        }
        future.cancel(true);
        return true;
    }

    @Override
    void run() {
        uncount();
        super.run();
    }

    private void uncount() {
        if (counted) {
            counted = false;
            loop.outside--;
        }
    }
}
