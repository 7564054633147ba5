package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks wait for a change of the state that a lock guards.
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
 * <p>{@code waitFor} and {@code signal} are called while the lock is held. A waiter that is
 * signalled then waits for the lock as any other task. A waiter that is cancelled has the lock
 * again when it sees the cancellation, the first one if there were several; if it had been
 * signalled, the signal goes to the next waiter. The other rules for waiters, loops and threads are
 * those of {@link dev.weft.sync the package}.
 */
public final class AsyncCondition extends LoopBound {
    private final WaitQueue queue = new WaitQueue();
    private final AsyncLock lock;

    /** Creates a condition with a lock of its own. */
    public AsyncCondition() {
        this(new AsyncLock());
    }

    /** Creates a condition of the state that {@code lock} guards. Several may share one lock. */
    public AsyncCondition(AsyncLock lock) {
        super("AsyncCondition");
        if (lock == null) {
            throw new NullPointerException("lock");
        }
        this.lock = lock;
    }

    /** Returns the lock that must be held to wait and to signal. */
    public AsyncLock lock() {
        return lock;
    }

    /**
     * Releases the lock, waits for a signal, and acquires the lock again.
     *
     * @throws IllegalStateException when awaited, if the lock is free
     */
    public Coroutine<Void> waitFor() {
        checkThread("waitFor");
        return new Waiting(this, null);
    }

    /**
     * Waits, as {@link #waitFor()}, until {@code predicate} holds. The predicate is called with the
     * lock held: first when this is awaited, and then after each signal. If it holds at first, this
     * does not wait.
     *
     * @throws IllegalStateException when awaited, if it must wait and the lock is free
     */
    public Coroutine<Void> waitFor(BooleanSupplier predicate) {
        checkThread("waitFor");
        if (predicate == null) {
            throw new NullPointerException("predicate");
        }
        return new Waiting(this, predicate);
    }

    /**
     * Signals the longest waiter, if there is one.
     *
     * @throws IllegalStateException if the lock is free
     */
    public void signal() {
        signal(1);
    }

    /**
     * Signals the {@code n} longest waiters, or all if there are fewer.
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
        grant(n);
    }

    /**
     * Signals all waiters.
     *
     * @throws IllegalStateException if the lock is free
     */
    public void signalAll() {
        useBoth("signalAll");
        checkHeld("signalAll");
        grant(Integer.MAX_VALUE);
    }

    private void useBoth(String call) {
        lock.permit.use(call);
        use(call);
    }

    private void grant(int n) {
        for (int i = 0; i < n && queue.grantNext() != null; i++) {}
    }

    private void checkHeld(String call) {
        if (!lock.isHeld()) {
            throw new IllegalStateException(
                    call
                            + ": the lock of the condition is free; call it while you hold the lock, inside"
                            + " condition.lock().with(...)");
        }
    }

    /** Waits in the queue of the condition, then in that of the lock. */
    private static final class Waiting extends Waiter<Void> {
        private final AsyncCondition condition;
        private final @Nullable BooleanSupplier predicate;
        private boolean wasSignalled;

        /** True if this waits for the lock or has it again. */
        private boolean isAcquiring;

        private @Nullable Throwable cancellation;

        Waiting(AsyncCondition condition, @Nullable BooleanSupplier predicate) {
            this.condition = condition;
            this.predicate = predicate;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (!hasWaited()) {
                condition.lock.permit.use(task);
                condition.use(task);
                return holds() ? null : waitForSignal(task);
            }
            try {
                Machine.resumed(value);
            } catch (Throwable cancelled) {
                if (cancellation == null) {
                    cancellation = cancelled;
                }
            }
            return isAcquiring ? stillAcquire(task) : acquire(task);
        }

        private boolean holds() {
            return predicate != null && UserCode.holds(predicate);
        }

        private Object waitForSignal(Task<?> task) {
            condition.checkHeld("waitFor");
            isAcquiring = false;
            condition.lock.permit.giveBack(1);
            return enqueue(condition.queue, task);
        }

        private @Nullable Object acquire(Task<?> task) throws Throwable {
            leave();
            wasSignalled = hasTurn;
            isAcquiring = true;
            Permits lock = condition.lock.permit;
            return lock.tryTake(1, task) ? acquired(task) : lock.enqueue(this, task);
        }

        /** Continues after a turn of the lock's queue, a cancellation, or both. */
        private @Nullable Object stillAcquire(Task<?> task) throws Throwable {
            if (!hasTurn) {
                return Machine.park(this, task);
            }
            condition.lock.permit.takeTurn(this, task);
            return acquired(task);
        }

        private @Nullable Object acquired(Task<?> task) throws Throwable {
            if (cancellation != null) {
                if (wasSignalled) {
                    condition.grant(1);
                }
                throw cancellation;
            }
            return predicate == null || holds() ? null : waitForSignal(task);
        }

        @Override
        protected Wait waitsFor() {
            return isAcquiring
                    ? condition.lock.permit.describeWait(this)
                    : Wait.of(condition.identity() + ", not signalled (" + place() + ")");
        }

        /** Keeps the place in the lock's queue even when cancelled. */
        @Override
        protected void interrupted() {
            if (!isAcquiring) {
                super.interrupted();
            }
        }
    }
}
