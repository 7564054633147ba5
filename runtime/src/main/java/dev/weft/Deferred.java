package dev.weft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result to come, the read side: of a {@link Task}, a {@link Promise}, or of something that the
 * runtime does. Awaiting it waits for it; any number of tasks may. Cancelling a task that waits for
 * it cancels it too; {@link Weft#shield} prevents that.
 *
 * <pre>{@code
 * Deferred<String> reply = Deferred.from(future); // of somebody's HTTP client
 * reply.addDoneCallback(done -> log.add("replied " + done.result()));
 * String text = await(timeout(ofSeconds(5), reply));
 * }</pre>
 *
 * <p>{@code done}, {@code cancelled}, {@code result} and {@code exception} may be called by any
 * thread, and what happened before the end happens before a call that sees it. Everything else
 * belongs to the loop's thread.
 *
 * @param <T> what it gives
 */
public abstract class Deferred<T> extends Entry implements Awaitable<T> {
    /** Stands for a value that is null. */
    private static final Object NULL = new Object();

    @SuppressWarnings("rawtypes") // a class literal has no type argument
    private static final AtomicReferenceFieldUpdater<Deferred, @Nullable Object> OUTCOME =
            AtomicReferenceFieldUpdater.newUpdater(Deferred.class, Object.class, "outcome");

    final EventLoop loop;

    /**
     * Null while pending; then a value, {@link #NULL} or a {@link Thrown}. Written once, with
     * release or by an exchange.
     */
    private volatile @Nullable Object outcome;

    /** Who is to be woken, in order of registration: the last one of a circular list. */
    private @Nullable Entry lastWaiter;

    Deferred(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * A view of {@code stage} on the current loop. It ends as the stage does, with the exception
     * that a {@code CompletionException} wraps, and as a cancellation if the stage was cancelled.
     * Cancelling it cancels the stage.
     *
     * @throws IllegalStateException outside a loop
     */
    public static <T> Deferred<T> from(CompletionStage<T> stage) {
        return Stage.of(stage, EventLoop.current());
    }

    /** What an await was given, as something to wait for. */
    static Deferred<?> of(@Nullable Object awaitable) {
        if (awaitable instanceof Deferred<?> deferred) {
            return deferred;
        }
        if (awaitable instanceof CompletionStage<?> stage) {
            return from(stage);
        }
        throw awaitable == null
                ? new NullPointerException("await(null)")
                : new IllegalArgumentException(
                        "await takes a Coroutine, a Deferred or a CompletionStage, not a "
                                + awaitable.getClass().getName());
    }

    /** Whether it has ended, with a value, a failure or a cancellation. */
    public boolean done() {
        return outcome() != null;
    }

    /** Whether it has ended because it was cancelled. */
    public boolean cancelled() {
        return outcome() instanceof Thrown thrown && thrown.cancelled();
    }

    /**
     * Its value.
     *
     * @throws CancelledError if it was cancelled
     * @throws IllegalStateException if it is pending
     */
    @SuppressWarnings("NullAway") // null where the value is
    public T result() {
        @SuppressWarnings("unchecked")
        T value = (T) resultOf(ended());
        return value;
    }

    /**
     * What it has failed with, or null after success.
     *
     * @throws CancelledError if it was cancelled
     * @throws IllegalStateException if it is pending
     */
    public @Nullable Throwable exception() {
        if (!(ended() instanceof Thrown thrown)) {
            return null;
        }
        if (thrown.cancelled()) {
            throw Thrown.sneak(thrown.exception);
        }
        return thrown.seen().exception;
    }

    /** As {@link #cancel(String)} without a message. */
    public boolean cancel() {
        return cancel(null);
    }

    /**
     * Asks it to end. A request, not an end: what it stands for may still need time to end, or
     * refuse to.
     *
     * @param message what {@link CancelledError#getMessage} will say; may be null
     * @return false if it was done already
     */
    public boolean cancel(@Nullable String message) {
        loop.check("cancel");
        return stop(message);
    }

    /**
     * Calls {@code callback} with this, in the iteration after the one in which it ends, or the
     * next if it has. Awaiting tasks and callbacks are served in the order in which they came. What
     * the callback throws goes to the loop's exception handler.
     */
    public void addDoneCallback(Consumer<? super Deferred<T>> callback) {
        loop.check("addDoneCallback");
        addWaiter(DoneCallback.of(this, callback));
    }

    /**
     * Takes back all callbacks that equal {@code callback} and have not been queued to run; gives
     * their number.
     */
    public int removeDoneCallback(Consumer<? super Deferred<T>> callback) {
        loop.check("removeDoneCallback");
        if (callback == null) {
            throw new NullPointerException("callback");
        }
        int removed = 0;
        Entry entry = takeLine();
        while (entry != null) {
            Entry next = (Entry) entry.next;
            if (entry instanceof DoneCallback<?> done && done.calls(callback)) {
                removed++;
            } else {
                append(entry);
            }
            entry = next;
        }
        if (!awaited()) {
            unattended();
        }
        return removed;
    }

    /** The loop that it belongs to. */
    public EventLoop loop() {
        return loop;
    }

    /**
     * A future that ends as this does, its cancellation as a {@link
     * java.util.concurrent.CancellationException}. Cancelling either cancels the other. The future
     * may be used by any thread.
     */
    public CompletableFuture<T> toCompletableFuture() {
        loop.check("toCompletableFuture");
        return FutureView.of(this);
    }

    /** Cancels it, on the loop's thread. */
    abstract boolean stop(@Nullable String message);

    /** Whether {@link #stop} is under way, so that who is cancelled by it cannot ask again. */
    boolean isStopping() {
        return false;
    }

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

    private static @Nullable Object resultOf(Object outcome) {
        if (outcome instanceof Thrown thrown) {
            throw Thrown.sneak(thrown.seen().exception);
        }
        return outcome == NULL ? null : outcome;
    }

    /** What a task that waited for it is resumed with: the value, or a {@link Thrown}. */
    final @Nullable Object delivered() {
        Object outcome = this.outcome;
        if (outcome instanceof Thrown thrown) {
            return thrown.seen();
        }
        return outcome == NULL ? null : outcome;
    }

    /**
     * Awaits it on behalf of {@code frame}: its value if it is done, else the task is suspended.
     */
    final @Nullable Object awaitIn(Coroutine<?> frame, Task<?> task) {
        if (task.loop != loop) {
            throw EventLoop.foreign(
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

    /** Puts {@code waiter} in line, to be woken in the iteration after the end. */
    void addWaiter(Entry waiter) {
        // Ended by another thread and not yet woken on this one: whoever stands in line goes first.
        if (outcome() != null && lastWaiter == null) {
            waiter.woken();
            loop.ready(waiter);
        } else {
            append(waiter);
        }
    }

    private void append(Entry waiter) {
        Entry last = lastWaiter;
        if (last == null) {
            waiter.next = waiter;
        } else {
            waiter.next = last.next;
            last.next = waiter;
        }
        lastWaiter = waiter;
    }

    @SuppressWarnings("NullAway") // the list is circular
    private static Entry next(Entry entry) {
        return (Entry) entry.next;
    }

    /** Takes out of line who waits no longer, if it is there. */
    void removeWaiter(Entry waiter) {
        Entry last = lastWaiter;
        if (last == null) {
            return;
        }
        Entry before = last;
        while (before.next != waiter) {
            before = next(before);
            if (before == last) {
                return;
            }
        }
        before.next = waiter.next;
        if (waiter == last) {
            lastWaiter = before == waiter ? null : before;
        }
        waiter.next = null;
        if (!awaited()) {
            unattended();
        }
    }

    /** Whoever stood in line has left it before the end. */
    void unattended() {}

    final boolean awaited() {
        return lastWaiter != null;
    }

    /** Ends it; loop's thread, and once only. */
    final void end(@Nullable Object result) {
        OUTCOME.lazySet(this, result == null ? NULL : result);
        wake();
    }

    /** Ends it unless another thread was first. Does not wake anybody. */
    final boolean exchange(@Nullable Object result) {
        return OUTCOME.compareAndSet(this, null, result == null ? NULL : result);
    }

    /** Queues whoever waits for it. */
    final void wake() {
        Entry entry = takeLine();
        while (entry != null) {
            Entry next = (Entry) entry.next;
            entry.next = null;
            entry.woken();
            loop.ready(entry);
            entry = next;
        }
    }

    /** Empties the line; gives the first of it, linked to the others and no longer in a circle. */
    private @Nullable Entry takeLine() {
        Entry last = lastWaiter;
        if (last == null) {
            return null;
        }
        lastWaiter = null;
        Entry first = next(last);
        last.next = null;
        return first;
    }

    @Override
    void run() {
        wake();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + (done() ? " (done)" : " (pending)");
    }
}
