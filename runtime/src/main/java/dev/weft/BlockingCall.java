package dev.weft;

import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.report.UserCode;
import dev.weft.internal.thread.BlockingThreads;
import dev.weft.observe.Wait;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Work on another thread, and its later result. Cancelling the result interrupts the thread. The
 * result then ends when the thread has left the work, so that a resource is not used again too
 * early (rule 35a); that of an abandonable call ends at once.
 */
final class BlockingCall<T> extends Deferred<T> implements BlockingThreads.Work {
    private enum Progress {
        /** The executor has not begun the work. */
        QUEUED,
        RUNNING,
        /** The thread has left the work, or will never begin it. */
        LEFT
    }

    private final boolean isAbandonable;
    private final @Nullable TaskLocals locals;

    /** True if the loop counts this as work outside of it. Loop's thread. */
    private boolean isCounted;

    // ---- guarded by this

    /** Null when the work has begun. */
    private @Nullable Callable<T> work;

    private Progress progress = Progress.QUEUED;

    /** The thread, while it runs the work. */
    private @Nullable Thread runner;

    private boolean isCancelled;
    private boolean wasInterrupted;
    private @Nullable String message;

    private BlockingCall(TaskLoop loop, Callable<T> work, boolean isAbandonable) {
        super(loop);
        this.work = work;
        this.isAbandonable = isAbandonable;
        this.locals = loop.inherited();
    }

    /**
     * Gives {@code work} to {@code executor}.
     *
     * @throws RejectedExecutionException if the executor refuses
     */
    static <T> Deferred<T> start(Callable<T> work, Executor executor, boolean isAbandonable) {
        if (work == null) {
            throw new NullPointerException("work");
        }
        TaskLoop loop = TaskLoop.ofThread();
        BlockingCall<T> call = new BlockingCall<>(loop, work, isAbandonable);
        UserCode.execute(executor, call);
        call.isCounted = true;
        loop.awaitOutside();
        return call;
    }

    /** Returns {@code work} as work with the result null. */
    static Callable<Void> callable(BlockingRunnable work) {
        if (work == null) {
            throw new NullPointerException("work");
        }
        return new Callable<>() {
            @Override
            @SuppressWarnings("NullAway") // Void has no other value
            public Void call() throws Exception {
                work.run();
                return null;
            }
        };
    }

    // ---- on the other thread

    @Override
    public void run() {
        Callable<T> begun = begin();
        if (begun == null) {
            return;
        }
        Object result;
        Object outer = TaskLocals.beginCall(locals);
        try {
            result = UserCode.call(TaskLocals.carrying(locals, begun));
        } catch (Throwable exception) {
            result = Thrown.ofWork(exception);
        } finally {
            TaskLocals.endCall(outer);
        }
        result = left(result);
        if (exchange(result)) {
            handIn();
        } else if (result instanceof Thrown thrown && isAbandonable) {
            reportAbandoned(thrown.exception);
        }
    }

    /** Called if the threads end before this work has begun. */
    @Override
    public void drop() {
        synchronized (this) {
            progress = Progress.LEFT;
            work = null;
        }
        if (exchange(Thrown.cancellation("shut down: the pool was closed"))) {
            handIn();
        }
    }

    private synchronized @Nullable Callable<T> begin() {
        if (progress != Progress.QUEUED) {
            return null;
        }
        Callable<T> begun = work;
        work = null;
        progress = Progress.RUNNING;
        runner = Thread.currentThread();
        return begun;
    }

    /** Ends the work; returns the outcome, given the result of the call. */
    private synchronized @Nullable Object left(@Nullable Object result) {
        progress = Progress.LEFT;
        runner = null;
        if (wasInterrupted) {
            Thread.interrupted(); // meant for this work, not for the next work of the thread
        }
        if (!isCancelled || isAbandonable) {
            return result;
        }
        CancelledError error = CancelledError.withoutTrace(message);
        if (result instanceof Thrown thrown) {
            if (Thrown.isFatal(thrown.exception)) {
                return result;
            }
            error.initCause(thrown.exception);
        }
        return Thrown.of(error);
    }

    private void handIn() {
        try {
            loop.handIn(this);
        } catch (RejectedExecutionException closed) {
            keepUnseen(); // nobody waits; the end of the loop reports it
        }
    }

    private void keepUnseen() {
        if (outcome() instanceof Thrown thrown) {
            loop.failures.keepUnseen(thrown, this, "blocking work failed and nobody looked at it");
        }
    }

    private void reportAbandoned(Throwable exception) {
        if (exception instanceof InterruptedException) {
            return;
        }
        String message = "abandoned work failed";
        try {
            Callback.handIn(
                    loop, () -> loop.failures.report(new Unhandled(message, exception, null)));
        } catch (RejectedExecutionException closed) {
            loop.failures.keepUnseen(Thrown.ofWork(exception), this, message);
        }
    }

    // ---- on the loop

    /** The turn after the other thread or a cancellation has ended this. */
    @Override
    protected void take() {
        if (isCounted) {
            isCounted = false;
            loop.outsideEnded();
        }
        keepUnseen();
        wake();
    }

    @Override
    synchronized Wait described() {
        return Wait.of(
                runner == null
                        ? "blocking work, " + (progress == Progress.QUEUED ? "queued" : "done")
                        : "blocking work on thread " + runner.getName());
    }

    @Override
    boolean stop(CancelSweep sweep) {
        if (!requestEnd(sweep.message())) {
            return false;
        }
        sweep.tellOutside(this);
        return true;
    }

    private boolean requestEnd(@Nullable String message) {
        boolean endsNow;
        synchronized (this) {
            if (done() || (progress == Progress.LEFT && !isAbandonable)) {
                return false; // the outcome is decided and on its way
            }
            if (!isCancelled) {
                isCancelled = true;
                this.message = message;
            }
            endsNow = isAbandonable || progress == Progress.QUEUED;
            if (progress == Progress.QUEUED) {
                progress = Progress.LEFT;
                work = null;
            }
        }
        if (endsNow) {
            if (!exchange(Thrown.cancellation(message))) {
                return false;
            }
            take();
        }
        return true;
    }

    /** Interrupts the thread if it is in the work. */
    @Override
    synchronized void cancelOutside() {
        if (runner == null) {
            return;
        }
        wasInterrupted = true;
        try {
            runner.interrupt();
        } catch (RuntimeException refused) {
            loop.failures.callbackFailed(refused);
        }
    }
}
