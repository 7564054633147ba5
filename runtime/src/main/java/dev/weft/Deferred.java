package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.loop.WaitList;
import dev.weft.observe.Wait;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a result that will be known later: of a {@link Task}, a {@link Promise}, or an
 * operation of the runtime. Any number of tasks may await it. Cancelling a task that awaits it
 * cancels this result too; {@link Weft#shield} prevents that.
 *
 * <pre>{@code
 * Deferred<String> reply = Deferred.from(future); // of an HTTP client
 * reply.addDoneCallback(done -> log.add("replied " + done.result()));
 * String text = await(timeout(ofSeconds(5), reply));
 * }</pre>
 *
 * <p>{@code done}, {@code cancelled}, {@code result} and {@code exception} may be called by any
 * thread. Actions before the end happen before a call that sees the end. All other methods belong
 * to the loop's thread.
 *
 * @param <T> the type of the value
 */
public abstract class Deferred<T> extends WaitList implements Awaitable<T> {
    /** Stored in place of a null value. */
    private static final Object NULL = new Object();

    @SuppressWarnings("rawtypes") // a class literal has no type argument
    private static final AtomicReferenceFieldUpdater<Deferred, @Nullable Object> OUTCOME =
            AtomicReferenceFieldUpdater.newUpdater(Deferred.class, Object.class, "outcome");

    final TaskLoop loop;

    /**
     * Null while pending; then the value, {@link #NULL} or a {@link Thrown}. Written once: with
     * release by the loop's thread, or by an exchange.
     */
    private volatile @Nullable Object outcome;

    Deferred(TaskLoop loop) {
        this.loop = loop;
    }

    /**
     * Returns a view of {@code stage} on the current loop. It ends as the stage does: with its
     * value, with the exception that a {@code CompletionException} wraps, or cancelled if the stage
     * was cancelled. Cancelling the view cancels the stage.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static <T> Deferred<T> from(CompletionStage<T> stage) {
        return StageView.of(stage, TaskLoop.ofThread());
    }

    /** Returns the operand of an await in {@code frame}, which is no coroutine, as a result. */
    static Deferred<?> of(@Nullable Object awaitable, Coroutine<?> frame) {
        if (awaitable instanceof Deferred<?> deferred) {
            return deferred;
        }
        if (awaitable instanceof CompletionStage<?> stage) {
            return from(stage);
        }
        if (awaitable == null) {
            throw new NullPointerException(frame.nullAwaited());
        }
        throw unknown(awaitable);
    }

    /**
     * Returns {@code awaitable}, which is no coroutine, as a result. Refuses classes of the user.
     */
    static Deferred<?> known(Awaitable<?> awaitable) {
        if (awaitable instanceof Deferred<?> deferred) {
            return deferred;
        }
        throw unknown(awaitable);
    }

    private static IllegalArgumentException unknown(Object awaitable) {
        return new IllegalArgumentException(
                "await takes a Coroutine, a Deferred or a CompletionStage, not a "
                        + awaitable.getClass().getName());
    }

    /** Returns whether this has ended: with a value, a failure or a cancellation. */
    public boolean done() {
        return outcome() != null;
    }

    /** Returns whether this has ended because it was cancelled. */
    public boolean cancelled() {
        return outcome() instanceof Thrown thrown && thrown.isCancellation();
    }

    /**
     * Returns the value, or throws the failure.
     *
     * @throws CancelledError if this was cancelled
     * @throws IllegalStateException if this is pending
     */
    @SuppressWarnings("NullAway") // the value may be null
    public T result() {
        Object outcome = ended();
        if (outcome instanceof Thrown thrown) {
            throw Thrown.sneak(thrown.seen().exception);
        }
        @SuppressWarnings("unchecked")
        T value = (T) valueOf(outcome);
        return value;
    }

    /**
     * Returns the failure, or null if this has ended with a value.
     *
     * @throws CancelledError if this was cancelled
     * @throws IllegalStateException if this is pending
     */
    public @Nullable Throwable exception() {
        if (!(ended() instanceof Thrown thrown)) {
            return null;
        }
        if (thrown.isCancellation()) {
            throw Thrown.sneak(thrown.exception);
        }
        return thrown.seen().exception;
    }

    /** Requests the end of this, as {@link #cancel(String)}, without a message. */
    public boolean cancel() {
        return cancel(null);
    }

    /**
     * Requests the end of this. The operation may need time to end, and may refuse.
     *
     * @param message the message of the {@link CancelledError}; may be null
     * @return false if this has ended already
     */
    public boolean cancel(@Nullable String message) {
        loop.checkThread("cancel");
        return CancelSweep.byUser(message).cancel(this);
    }

    /**
     * Calls {@code callback} with this result, in the loop's iteration after the end. If this has
     * ended already, that is the next iteration. Tasks and callbacks that wait are served in the
     * order in which they came. An exception of the callback goes to the loop's exception handler.
     */
    public void addDoneCallback(Consumer<? super Deferred<T>> callback) {
        loop.checkThread("addDoneCallback");
        addWaiter(Callback.Done.of(this, callback));
    }

    /**
     * Removes all callbacks that equal {@code callback} and have not been queued to run. Linear in
     * the number of waiters.
     *
     * @return the number of callbacks that were removed
     */
    public int removeDoneCallback(Consumer<? super Deferred<T>> callback) {
        loop.checkThread("removeDoneCallback");
        if (callback == null) {
            throw new NullPointerException("callback");
        }
        int removed = 0;
        for (Turn waiter : Callback.Done.equalTo(callback, waiters())) {
            if (removeLinked(waiter)) { // equals may have removed it
                removed++;
            }
        }
        if (removed > 0 && !hasWaiters()) {
            unattended();
        }
        return removed;
    }

    /** Returns the loop of this result. Any thread. */
    public EventLoop loop() {
        return loop.face;
    }

    /**
     * Returns a future that ends as this does; a cancellation becomes a {@link
     * java.util.concurrent.CancellationException}. Cancelling either cancels the other. Any thread
     * may use the future. If the loop closes first, the future is cancelled.
     */
    public CompletableFuture<T> toCompletableFuture() {
        loop.checkThread("toCompletableFuture");
        return FutureView.of(this);
    }

    // ---- cancelling; see CancelSweep

    /**
     * Cancels this as part of {@code sweep}. A result that waits for others hands them to the
     * sweep; every other result ends at once.
     *
     * @return false if this has ended, perhaps by another thread just now
     */
    abstract boolean stop(CancelSweep sweep);

    /** Returns whether {@link #stop} hands other results to the sweep. */
    boolean stopsOthers() {
        return false;
    }

    /**
     * Returns the next of several results that this waits for, or null after the last one. Called
     * while this is on the path of a sweep.
     */
    @Nullable Deferred<?> nextToAsk() {
        return null;
    }

    boolean isAsked() {
        return false;
    }

    void isAsked(boolean isAsked) {}

    boolean isOnPath() {
        return false;
    }

    void isOnPath(boolean isOnPath) {}

    /** Cancels the work outside of the loop. May call code of the user; must not throw. */
    void cancelOutside() {}

    /** Returns what a task waits for that awaits this. */
    Wait described() {
        return Wait.of(getClass().getSimpleName());
    }

    // ---- the outcome

    final @Nullable Object outcome() {
        return outcome;
    }

    private Object ended() {
        Object outcome = outcome();
        if (outcome == null) {
            throw new IllegalStateException(this + " is pending");
        }
        return outcome;
    }

    private static @Nullable Object valueOf(Object outcome) {
        return outcome == NULL ? null : outcome;
    }

    /** Returns the value or the {@link Thrown} with which a waiting task resumes. */
    final @Nullable Object delivered() {
        Object outcome = this.outcome;
        if (outcome instanceof Thrown thrown) {
            return thrown.seen();
        }
        return outcome == NULL ? null : outcome;
    }

    /** Awaits this on behalf of {@code frame}: returns the value, or suspends the task. */
    final @Nullable Object awaitIn(Coroutine<?> frame, Task<?> task) {
        if (task.loop != loop) {
            throw TaskLoop.foreign(
                    this + " is awaited by a task of another loop", "toCompletableFuture()");
        }
        Object outcome = outcome();
        if (outcome == null) {
            return task.waitFor(this, frame);
        }
        if (outcome instanceof Thrown thrown) {
            throw Traces.rethrown(thrown.seen(), task);
        }
        return outcome == NULL ? null : outcome;
    }

    /** Ends this. Loop's thread, and only once. */
    final void end(@Nullable Object result) {
        OUTCOME.lazySet(this, result == null ? NULL : result);
        wake();
    }

    /** Ends this unless another thread was first. Does not wake the waiters. */
    final boolean exchange(@Nullable Object result) {
        return OUTCOME.compareAndSet(this, null, result == null ? NULL : result);
    }

    // ---- the waiters

    /** Adds a task. Its turn is queued in the iteration after the end. */
    void addTask(TaskCore<?> task) {
        if (isEndedAndWoken()) {
            task.woken();
            loop.ready(task);
        } else {
            append(task);
        }
    }

    /** Adds a waiter that is no task. */
    void addWaiter(Turn waiter) {
        if (isEndedAndWoken()) {
            loop.ready(waiter);
        } else {
            appendLinked(waiter);
        }
    }

    /**
     * Returns whether this has ended and has no waiter. Another thread may have ended this, and its
     * waiters are woken later.
     */
    private boolean isEndedAndWoken() {
        return outcome() != null && !hasWaiters();
    }

    /** Removes a waiter that is no task, if it is still here. */
    final void removeWaiter(Turn waiter) {
        if (removeLinked(waiter) && !hasWaiters()) {
            unattended();
        }
    }

    /** Moves the tasks that leave before the end to the ready queue. */
    final void releaseLeaving() {
        releaseLeaving(loop);
        if (!hasWaiters()) {
            unattended();
        }
    }

    /** Called when the last waiter has left before the end. */
    void unattended() {}

    /** Queues the waiters. */
    final void wake() {
        wakeAll(loop);
    }

    /** The turn that another thread has handed in after it ended this. */
    @Override
    protected void take() {
        wake();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + (done() ? " (done)" : " (pending)");
    }
}
