package dev.weft;

import org.jspecify.annotations.Nullable;

/** A callback in the ready queue or in the wheel. */
final class Callback extends Entry implements Handle {
    private final EventLoop loop;

    /** Null once it is cancelled, so that nothing of it is kept alive where it still stands. */
    private @Nullable Runnable action;

    private @Nullable Context context;

    private Callback(EventLoop loop, Runnable action, @Nullable Context context) {
        if (action == null) {
            throw new NullPointerException("callback");
        }
        this.loop = loop;
        this.action = action;
        this.context = context;
    }

    /** Runs {@code action} in the next iteration. */
    static Handle soon(EventLoop loop, Runnable action) {
        Callback callback = new Callback(loop, action, loop.context());
        loop.ready(callback);
        return callback;
    }

    /** Runs {@code action} at {@code deadline}; {@code Long.MAX_VALUE} is never. */
    static Handle at(long deadline, EventLoop loop, Runnable action) {
        Callback callback = new Callback(loop, action, loop.context());
        if (deadline != Long.MAX_VALUE) {
            callback.deadline = deadline;
            loop.timers.add(callback);
        }
        return callback;
    }

    /** Has {@code action} run on a loop of another thread. */
    static void handIn(EventLoop loop, Runnable action) {
        loop.handIn(new Callback(loop, action, null));
    }

    @Override
    public void cancel() {
        loop.check("Handle.cancel");
        action = null;
        context = null;
        if (prev != null) { // which the wheel's lists, and they alone, set
            loop.timers.remove(this);
        }
    }

    @Override
    public boolean cancelled() {
        return action == null;
    }

    @Override
    void run() {
        Runnable action = this.action;
        if (action == null) {
            return;
        }
        try {
            action.run();
        } catch (Throwable exception) {
            loop.failedCallback(exception);
        }
    }

    @Override
    @Nullable Context context() {
        return context;
    }

    @Override
    void context(@Nullable Context context) {
        this.context = context;
    }
}
