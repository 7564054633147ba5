package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that may have to wait in a {@link WaitQueue}, in which it is its own element.
 *
 * <p>Its step is called first without a wait, and then once after each {@link #enqueue}. A
 * cancellation may have come in between, before the turn or after it. The step learns of a
 * cancellation by {@code Machine.resumed}, and gives the turn back if both have come.
 */
abstract class Waiter<T> extends Coroutine<T> {
    /** The links of the queue, which writes them; null outside of a queue. */
    @Nullable Waiter<?> previous;

    @Nullable Waiter<?> next;

    /** True if the queue has given this its turn. */
    boolean hasTurn;

    /** True from {@link #enqueue} until {@link #leave}. */
    private boolean isQueued;

    /** The place among the spare waiters of {@link WaitQueue}. */
    int spares;

    /** The queue of the last wait. */
    private @Nullable WaitQueue queue;

    /** The task of the last wait; null before the first. */
    private @Nullable Task<?> task;

    /** True if this waits for compiled code, which keeps no reference to this. */
    private boolean isCompiled;

    /** Suspends at the end of {@code queue}. The caller grants turns afterwards. */
    final Object enqueue(WaitQueue queue, Task<?> task) {
        if (this.queue != queue) {
            this.queue = queue;
        }
        this.task = task;
        hasTurn = false;
        isQueued = true;
        queue.add(this);
        return Machine.park(this, task);
    }

    /** Suspends at the end of {@code queue} for a call of {@link CompiledCalls}. */
    final Object enqueueCompiled(WaitQueue queue, @Nullable Coroutine<?> awaiter, Task<?> task) {
        if (!isCompiled) {
            isCompiled = true;
        }
        Machine.begin(this, awaiter);
        return enqueue(queue, task);
    }

    /**
     * Ends the step that has received what this waited for. Returns {@code result}; but in a wait
     * for compiled code continues the awaiter, so that {@code queue} can keep this for another
     * wait.
     */
    final @Nullable Object served(WaitQueue queue, @Nullable Object result, Task<?> task)
            throws Throwable {
        if (!isCompiled || Machine.keepsJavaStack()) {
            return result;
        }
        Coroutine<?> awaiter = Machine.leave(this, task);
        this.task = null;
        Object outcome = Machine.resume(awaiter, result, task);
        if (outcome == Machine.SUSPENDED) { // or the task reads this once more
            Machine.reset(this);
            queue.keepSpare(this);
        }
        return outcome;
    }

    /** Completes the trace of an exception that an await throws at once, and throws it. */
    static RuntimeException crossing(Throwable exception, Task<?> task) {
        throw Machine.crossing(exception, task);
    }

    /** Returns whether this has waited in a queue. */
    final boolean hasWaited() {
        return task != null;
    }

    /** Leaves the queue, if it has not done so. */
    final void leave() {
        if (isQueued && queue != null) {
            isQueued = false;
            queue.remove(this);
        }
    }

    /** Queues the step of the waiting task. */
    final void wake() {
        if (task != null) {
            Machine.unpark(task);
        }
    }

    /** Returns the place in the queue, such as "1st of 500". */
    final String place() {
        return queue == null ? "" : queue.placeOf(this);
    }

    /** Returns the number of permits that this waits for. */
    int permits() {
        return 1;
    }

    @Override
    protected void interrupted() {
        leave();
    }

    /** Returns the loop that runs on this thread, or null. */
    static @Nullable EventLoop currentLoop() {
        return Machine.currentLoop();
    }

    /** Returns the thread that owns what is used now. */
    static Thread currentThread() {
        return Machine.currentThread();
    }

    /** Waits for what a body awaits, in a mode for debuggers; otherwise returns {@code result}. */
    static @Nullable Object settled(
            @Nullable Object result, @Nullable Coroutine<?> awaiter, Task<?> task) {
        return Machine.settled(result, awaiter, task);
    }

    static boolean isClosed(EventLoop loop) {
        return Machine.isClosed(loop);
    }
}
