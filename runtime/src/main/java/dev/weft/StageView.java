package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CompletionStage} seen from a loop. While it is awaited, virtual time stands still,
 * unless the stage is a future of the same loop.
 */
final class StageView<T> extends Promise<T> {
    private final CompletionStage<T> stage;

    /** True if the loop counts this as work outside of it. */
    private boolean isCounted;

    private StageView(CompletionStage<T> stage, TaskLoop loop) {
        super(loop);
        this.stage = stage;
    }

    static <T> Deferred<T> of(CompletionStage<T> stage, TaskLoop loop) {
        StageView<T> view = new StageView<>(stage, loop);
        UserCode.whenComplete(stage, view::stageEnded);
        return view;
    }

    private void stageEnded(@Nullable T value, @Nullable Throwable exception) {
        if (exception == null) {
            complete(value);
            return;
        }
        Throwable cause = UserCode.unwrapped(exception);
        fail(cause instanceof CancellationException ? cancelledBy(cause) : cause);
    }

    private static CancelledError cancelledBy(Throwable cause) {
        CancelledError error = new CancelledError(UserCode.messageOf(cause));
        error.initCause(cause);
        return error;
    }

    private boolean isOutside() {
        return !(stage instanceof FutureView<?> view && view.isOf(loop));
    }

    @Override
    void addTask(TaskCore<?> task) {
        count();
        super.addTask(task);
    }

    @Override
    void addWaiter(Turn waiter) {
        count();
        super.addWaiter(waiter);
    }

    private void count() {
        if (!isCounted && !done() && isOutside()) {
            isCounted = true;
            loop.awaitOutside();
        }
    }

    @Override
    void unattended() {
        uncount();
    }

    private void uncount() {
        if (isCounted) {
            isCounted = false;
            loop.outsideEnded();
        }
    }

    @Override
    Wait described() {
        Object outside = stage;
        return Wait.of(outside.getClass().getSimpleName() + (isOutside() ? ", outside" : ""));
    }

    @Override
    boolean stop(CancelSweep sweep) {
        if (!super.stop(sweep)) {
            return false;
        }
        sweep.tellOutside(this);
        return true;
    }

    @Override
    void cancelOutside() {
        try {
            UserCode.cancel(stage);
        } catch (Throwable exception) {
            loop.failures.callbackFailed(exception);
        }
    }

    @Override
    protected void take() {
        uncount();
        super.take();
    }
}
