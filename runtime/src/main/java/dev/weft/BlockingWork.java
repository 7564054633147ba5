package dev.weft;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on another thread, and the result to come of it. Cancelling it interrupts the
 * thread.
 */
final class BlockingWork<T> extends Deferred<T> {
    private final Callable<T> work;
    private final @Nullable Context context;
    private @Nullable Future<?> future;
    private boolean counted;

    private BlockingWork(EventLoop loop, Callable<T> work) {
        super(loop);
        this.work = work;
        this.context = loop.context();
    }

    static <T> Deferred<T> begin(EventLoop loop, Callable<T> work, ExecutorService executor) {
        BlockingWork<T> begun = new BlockingWork<>(loop, work);
        begun.future = executor.submit(begun::work);
        begun.counted = true;
        loop.outside++;
        return begun;
    }

    private void work() {
        Object result;
        Locals.begin(context);
        try {
            result = work.call();
        } catch (Throwable exception) {
            result = new Thrown(exception);
        } finally {
            Locals.end();
        }
        if (exchange(result)) {
            try {
                loop.handIn(this);
            } catch (RejectedExecutionException closed) {
                return; // the loop has ended without it
            }
        }
    }

    /** The other thread has ended it, or a cancellation has. */
    @Override
    void run() {
        if (counted) {
            counted = false;
            loop.outside--;
        }
        if (outcome() instanceof Thrown thrown && !thrown.cancelled()) {
            loop.failures.keep(thrown, this, "blocking work failed and nobody looked at it");
        }
        wake();
    }

    @Override
    boolean stop(@Nullable String message) {
        if (!exchange(new Thrown(new CancelledError(message)))) {
            return false;
        }
        run();
        if (future != null) {
            future.cancel(true);
        }
        return true;
    }
}
