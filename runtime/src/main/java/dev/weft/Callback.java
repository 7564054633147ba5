package dev.weft;

import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.UserCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback in the ready queue or in the timer wheel. */
final class Callback extends Turn implements Handle {
    /** The action of a cancelled callback. Never run. A flag would take eight bytes more. */
    private static final Runnable CANCELLED =
            new Runnable() {
                @Override
                public void run() {}
            };

    private final TaskLoop loop;

    /** Null after the run, so that captured values can be collected. */
    private @Nullable Runnable action;

    private @Nullable TaskLocals locals;

    private Callback(TaskLoop loop, Runnable action, @Nullable TaskLocals locals) {
        if (action == null) {
            throw new NullPointerException("callback");
        }
        this.loop = loop;
        this.action = action;
        this.locals = locals;
    }

    /** Runs {@code action} in the next iteration. */
    static Handle soon(TaskLoop loop, Runnable action) {
        Callback callback = new Callback(loop, action, loop.inherited());
        loop.ready(callback);
        return callback;
    }

    /** Runs {@code action} at {@code deadline}; {@code Long.MAX_VALUE} is never. */
    static Handle at(long deadline, TaskLoop loop, Runnable action) {
        Callback callback = new Callback(loop, action, loop.inherited());
        if (deadline != Long.MAX_VALUE) {
            callback.deadline(deadline);
            loop.timers.add(callback);
        }
        return callback;
    }

    /** Hands {@code action} to a loop of another thread. */
    static void handIn(TaskLoop loop, Runnable action) {
        loop.handIn(new Callback(loop, action, null));
    }

    @Override
    public void cancel() {
        loop.checkThread("Handle.cancel");
        action = CANCELLED;
        locals = null;
        if (isTimed() && !loop.isClosed()) {
            loop.timers.remove(this);
        }
    }

    @Override
    public boolean cancelled() {
        return action == CANCELLED;
    }

    @Override
    protected boolean isStep() {
        return action != null && action != CANCELLED;
    }

    @Override
    protected void take() {
        Runnable action = this.action;
        if (action == null || action == CANCELLED) {
            return;
        }
        this.action = null;
        try {
            UserCode.run(action);
        } catch (Throwable exception) {
            loop.failures.callbackFailed(exception);
        }
        locals = null;
    }

    @Override
    protected @Nullable TaskLocals locals() {
        return locals;
    }

    @Override
    protected void locals(@Nullable TaskLocals locals) {
        this.locals = locals;
    }

    @Override
    public String toString() {
        return "a callback";
    }

    /** A done-callback: a turn among the waiters of a result. */
    static final class Done<T> extends Turn {
        private final Deferred<T> deferred;
        private final Consumer<? super Deferred<T>> callback;
        private @Nullable TaskLocals locals;

        static <T> Turn of(Deferred<T> deferred, Consumer<? super Deferred<T>> callback) {
            return new Done<>(deferred, callback);
        }

        private Done(Deferred<T> deferred, Consumer<? super Deferred<T>> callback) {
            if (callback == null) {
                throw new NullPointerException("callback");
            }
            this.deferred = deferred;
            this.callback = callback;
            this.locals = deferred.loop.inherited();
        }

        /** Returns the callbacks among {@code waiters} that consider themselves equal. */
        static List<Turn> equalTo(Object callback, List<Turn> waiters) {
            List<Turn> equal = new ArrayList<>();
            for (Turn waiter : waiters) {
                if (waiter instanceof Done<?> waiting
                        && UserCode.areEqual(waiting.callback, callback)) {
                    equal.add(waiting);
                }
            }
            return equal;
        }

        @Override
        protected boolean isStep() {
            return true;
        }

        @Override
        protected void take() {
            try {
                UserCode.accept(callback, deferred);
            } catch (Throwable exception) {
                deferred.loop.failures.callbackFailed(exception);
            }
        }

        @Override
        protected @Nullable TaskLocals locals() {
            return locals;
        }

        @Override
        protected void locals(@Nullable TaskLocals locals) {
            this.locals = locals;
        }

        @Override
        public String toString() {
            return "a done-callback";
        }
    }
}
