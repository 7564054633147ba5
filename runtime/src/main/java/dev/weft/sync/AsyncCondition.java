package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a line of tasks that wait for a change of what the lock guards.
 *
 * <pre>{@code
 * private final AsyncCondition changed = new AsyncCondition();
 * private final Deque<String> jobs = new ArrayDeque<>();
 *
 * Coroutine<String> take() {
 *     return changed.lock().with(() -> {
 *         await(changed.waitFor(() -> !jobs.isEmpty())); // the lock is free then
 *         return Coroutine.of(jobs.remove());
 *     });
 * }
 *
 * Coroutine<Void> give(String job) {
 *     return changed.lock().with(() -> {
 *         jobs.add(job);
 *         changed.signal();
 *         return Coroutine.done();
 *     });
 * }
 * }</pre>
 *
 * <p>{@code waitFor} and {@code signal} are called while the lock is held. Waiters are signalled
 * first come, first served, and then stand in the lock's line as everybody does. A waiter that is
 * cancelled has the lock again when it sees the cancellation, the first one if there were several;
 * if it had been signalled, the signal is passed on to the next.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 */
public final class AsyncCondition extends LoopBound {
    private final Line line = new Line();
    private final AsyncLock lock;

    /** A condition with a lock of its own. */
    public AsyncCondition() {
        this(new AsyncLock());
    }

    /** A condition of what {@code lock} guards; several may share one lock. */
    public AsyncCondition(AsyncLock lock) {
        super("AsyncCondition");
        if (lock == null) {
            throw new NullPointerException("lock");
        }
        this.lock = lock;
    }

    /** The lock that must be held to wait and to signal. */
    public AsyncLock lock() {
        return lock;
    }

    /**
     * Frees the lock, waits for a signal, and takes the lock again.
     *
     * @throws IllegalStateException when awaited, if the lock is free
     */
    public Coroutine<Void> waitFor() {
        checkThread("waitFor");
        return new Wait(this, null);
    }

    /**
     * Waits, as {@link #waitFor()} does, until {@code predicate} holds, which is called with the
     * lock held: first when this is awaited, where true means no wait at all, and then after every
     * signal.
     *
     * @throws IllegalStateException when awaited, if it must wait and the lock is free
     */
    public Coroutine<Void> waitFor(BooleanSupplier predicate) {
        checkThread("waitFor");
        if (predicate == null) {
            throw new NullPointerException("predicate");
        }
        return new Wait(this, predicate);
    }

    /**
     * Signals the one that has waited longest, if any.
     *
     * @throws IllegalStateException if the lock is free
     */
    public void signal() {
        signal(1);
    }

    /**
     * Signals the {@code n} that have waited longest, or all if there are fewer.
     *
     * @throws IllegalStateException if the lock is free
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public void signal(int n) {
        useBoth("signal");
        if (n < 0) {
            throw new IllegalArgumentException("n < 0: " + n);
        }
        checkHeld("signal");
        admit(n);
    }

    /**
     * Signals all who wait.
     *
     * @throws IllegalStateException if the lock is free
     */
    public void signalAll() {
        useBoth("signalAll");
        checkHeld("signalAll");
        admit(Integer.MAX_VALUE);
    }

    private void useBoth(String call) {
        lock.permit.use(call);
        use(call);
    }

    private void admit(int n) {
        for (int i = 0; i < n && line.admitNext() != null; i++) {}
    }

    private void checkHeld(String call) {
        if (!lock.held()) {
            throw new IllegalStateException(
                    call
                            + ": the lock of the condition is free; call it while you hold the lock, inside"
                            + " condition.lock().with(...)");
        }
    }

    /** First in the condition's line, then in the lock's. */
    private static final class Wait extends Waiter<Void> {
        private final AsyncCondition condition;
        private final @Nullable BooleanSupplier predicate;
        private boolean signalled;

        /** In line for the lock, or beyond that. */
        private boolean acquiring;

        private @Nullable Throwable cancellation;

        Wait(AsyncCondition condition, @Nullable BooleanSupplier predicate) {
            this.condition = condition;
            this.predicate = predicate;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) throws Throwable {
            if (!hasWaited()) {
                condition.lock.permit.use(task);
                condition.use(task);
                return holds() ? null : waitForSignal(task);
            }
            try {
                resumedWith(value);
            } catch (Throwable cancelled) {
                if (cancellation == null) {
                    cancellation = cancelled;
                }
            }
            return acquiring ? stillAcquire(task) : acquire(task);
        }

        private boolean holds() {
            return predicate != null && predicate.getAsBoolean();
        }

        private Object waitForSignal(Task<?> task) {
            condition.checkHeld("waitFor");
            acquiring = false;
            condition.lock.permit.giveBack();
            return standIn(condition.line, task);
        }

        private @Nullable Object acquire(Task<?> task) throws Throwable {
            leave();
            signalled = hasTurn;
            acquiring = true;
            Permits lock = condition.lock.permit;
            return lock.tryTake() ? acquired(task) : lock.standInLine(this, task);
        }

        /** Woken by the lock's line, by a cancellation, or by both. */
        private @Nullable Object stillAcquire(Task<?> task) throws Throwable {
            if (!hasTurn) {
                return park(task);
            }
            condition.lock.permit.takeTurn(this);
            return acquired(task);
        }

        private @Nullable Object acquired(Task<?> task) throws Throwable {
            if (cancellation != null) {
                if (signalled) {
                    condition.admit(1);
                }
                throw cancellation;
            }
            return predicate == null || holds() ? null : waitForSignal(task);
        }

        /** It keeps its place in the lock's line even when it is cancelled. */
        @Override
        protected void interrupted() {
            if (!acquiring) {
                super.interrupted();
            }
        }
    }
}
