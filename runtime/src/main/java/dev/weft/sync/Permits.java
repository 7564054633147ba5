package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.CreationSite;
import dev.weft.internal.report.DebugPlaces;
import dev.weft.observe.Wait;
import org.jspecify.annotations.Nullable;

/** A number of permits and a queue for them: the common part of lock and semaphore. */
final class Permits extends LoopBound {
    private final WaitQueue queue = new WaitQueue();
    private final int limit;
    private int free;

    /** True for a lock, which one task at a time has. */
    private final boolean isLock;

    /** The task that has acquired the lock; null if that is free, or was acquired by no task. */
    private @Nullable Task<?> holder;

    /** The permits that waiters with a turn are about to take. They are still free. */
    private int promised;

    Permits(String name, int free, int limit, boolean isLock) {
        super(name);
        this.free = free;
        this.limit = limit;
        this.isLock = isLock;
    }

    /** Returns whether {@code count} permits can be taken without overtaking a waiter. */
    boolean areAvailable(int count) {
        return free >= count && queue.isEmpty();
    }

    /**
     * Takes permits, unless they are missing or that would overtake a waiter.
     *
     * @param task the task that takes them; null outside of tasks
     */
    boolean tryTake(int count, @Nullable Task<?> task) {
        if (!areAvailable(count)) {
            return false;
        }
        free -= count;
        if (isLock) {
            hold(task);
        }
        return true;
    }

    private void hold(@Nullable Task<?> task) {
        holder = task;
        if (CreationSite.isRecording) {
            DebugPlaces.record(this);
        }
    }

    /** Returns whether {@code count} more permits can be given back. */
    boolean canGiveBack(int count) {
        return count <= limit - free;
    }

    /** Gives permits back, which must be possible. */
    void giveBack(int count) {
        free += count;
        if (isLock) {
            holder = null;
        }
        grant();
    }

    private void grant() {
        Waiter<?> waiter = queue.firstWithoutTurn();
        while (waiter != null && free - promised >= waiter.permits()) {
            promised += waiter.permits();
            queue.grantNext();
            waiter = queue.firstWithoutTurn();
        }
    }

    Coroutine<Void> acquire(int count) {
        checkThread("acquire");
        return new Acquisition<>(this, count, null);
    }

    Coroutine<Held> held() {
        checkThread("held");
        Acquisition<Held> acquisition = new Acquisition<>(this, 1, null);
        acquisition.givesHeld = true;
        return acquisition;
    }

    /** A permit that its holder gives back by {@link #close}. */
    private static final class Permit implements Held {
        private final Permits permits;
        private boolean isClosed;

        Permit(Permits permits) {
            this.permits = permits;
        }

        @Override
        public void close() {
            permits.use("close");
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (!permits.canGiveBack(1)) {
                throw new IllegalStateException(
                        "close: what is held was released already; leave that to close()");
            }
            permits.giveBack(1);
        }
    }

    <T> Coroutine<T> with(AsyncCallable<T> body) {
        checkThread("with");
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new Acquisition<>(this, 1, body);
    }

    /** Runs {@code await(acquire(count))} on behalf of {@code awaiter}. */
    @Nullable Object awaitAcquire(int count, @Nullable Coroutine<?> awaiter, Task<?> task) {
        beginCompiled("acquire", task);
        if (tryTake(count, task)) {
            return null;
        }
        Acquisition<?> waiter = (Acquisition<?>) queue.takeSpare();
        if (waiter == null) {
            waiter = new Acquisition<>(this, count, null);
        } else {
            waiter.count = count;
        }
        Object suspended = waiter.enqueueCompiled(queue, awaiter, task);
        grant();
        return suspended;
    }

    /** Suspends {@code waiter} at the end of the queue. */
    Object enqueue(Waiter<?> waiter, Task<?> task) {
        Object suspended = waiter.enqueue(queue, task);
        grant();
        return suspended;
    }

    /** Takes the permits of {@code waiter}, which has its turn, for {@code task}. */
    void takeTurn(Waiter<?> waiter, Task<?> task) {
        waiter.leave();
        promised -= waiter.permits();
        free -= waiter.permits();
        if (isLock) {
            hold(task);
        }
    }

    /** Returns the description of the wait of {@code waiter}. */
    Wait describeWait(Waiter<?> waiter) {
        Task<?> holder = this.holder;
        if (holder == null) {
            String needed = waiter.permits() == 1 ? "" : ", needs " + waiter.permits();
            String state = isLock ? "" : free + " free" + needed + ", ";
            return Wait.of(identity() + " (" + state + waiter.place() + ")");
        }
        String place = CreationSite.isRecording ? DebugPlaces.of(this) : null;
        String since = place == null ? "" : "since " + place + " ";
        String by = "by task " + holder.name() + (holder.done() ? ", which has ended" : "");
        return Wait.heldBy(
                holder, identity() + " (held " + since + by + ", " + waiter.place() + ")");
    }

    /** Lets {@code waiter} leave without permits. */
    void passTurn(Waiter<?> waiter) {
        waiter.leave();
        if (waiter.hasTurn) {
            promised -= waiter.permits();
        }
        grant();
    }

    /** Acquires permits; if there is a body, runs it and releases them. */
    private static final class Acquisition<T> extends Waiter<T> {
        private final Permits permits;
        private int count;

        /** Null after the call. */
        private @Nullable AsyncCallable<T> body;

        /** True if the result is a {@link Held}. */
        private boolean givesHeld;

        private boolean isHolding;

        Acquisition(Permits permits, int count, @Nullable AsyncCallable<T> body) {
            this.permits = permits;
            this.count = count;
            this.body = body;
        }

        @Override
        int permits() {
            return count;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (isHolding) {
                return runBody(task, value, depth);
            }
            if (hasWaited()) {
                takeTurn(value, task);
            } else {
                permits.use(task);
                if (!permits.tryTake(count, task)) {
                    return permits.enqueue(this, task);
                }
            }
            if (body != null) {
                return runBody(task, null, depth);
            }
            return served(permits.queue, givesHeld ? new Permit(permits) : null, task);
        }

        @Override
        protected @Nullable Wait waitsFor() {
            return isHolding ? null : permits.describeWait(this);
        }

        private void takeTurn(@Nullable Object value, Task<?> task) {
            try {
                Machine.resumed(value);
            } catch (Throwable cancelled) {
                permits.passTurn(this);
                throw cancelled;
            }
            permits.takeTurn(this, task);
        }

        private @Nullable Object runBody(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            Object result;
            try {
                result = isHolding ? Machine.resumed(value) : callBody(task, depth);
            } catch (Throwable failure) {
                release(failure);
                throw failure;
            }
            if (result != Machine.SUSPENDED) {
                release(null);
            }
            return result;
        }

        private @Nullable Object callBody(Task<?> task, int depth) throws Exception {
            AsyncCallable<T> called = body;
            body = null;
            isHolding = true;
            Coroutine<T> coroutine = called == null ? null : called.call();
            if (coroutine == null) {
                throw new NullPointerException("the body returned null instead of a Coroutine");
            }
            return Machine.await(coroutine, this, task, depth);
        }

        private void release(@Nullable Throwable failure) {
            if (permits.canGiveBack(1)) {
                permits.giveBack(1);
                return;
            }
            IllegalStateException misuse =
                    new IllegalStateException(
                            "with: the body has released the permit that with releases at the end");
            if (failure == null) {
                throw misuse;
            }
            failure.addSuppressed(misuse);
        }
    }
}
