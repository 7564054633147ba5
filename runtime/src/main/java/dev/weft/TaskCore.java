package dev.weft;

import dev.weft.internal.loop.CancelRequest;
import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.loop.Unboxed;
import dev.weft.internal.time.Node;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.TaskState;
import dev.weft.observe.Wait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a {@link Task}, its only subclass. A step begins with the task's turn, and ends
 * when the task suspends or ends. {@link Phase} describes the states in between.
 */
abstract class TaskCore<T> extends Deferred<T> {
    // The 31 bits of the count of requests are in two fields, which have them to spare.
    private static final int REQUEST_BITS_IN_STATUS = 32 - Phase.BITS;
    private static final int REQUEST_BITS_IN_NUMBER = 31 - REQUEST_BITS_IN_STATUS;
    private static final long NUMBER_MASK = (1 << REQUEST_BITS_IN_NUMBER) - 1;

    /**
     * Between steps, the innermost suspended coroutine. In a step, the coroutine that the step has
     * resumed; those that it awaits are on the Java stack.
     */
    @Nullable Coroutine<?> frame;

    /**
     * The {@link Phase}, the flags, and above them the low bits of the number of cancellation
     * requests that were not taken back.
     */
    private int status = Phase.CREATED;

    /** The number of the task, and in the low bits the high bits of the number of requests. */
    private long number;

    TaskCore(TaskLoop loop, long id, Coroutine<T> coroutine) {
        super(loop);
        this.frame = coroutine;
        this.number = id << REQUEST_BITS_IN_NUMBER;
    }

    /** Returns this. */
    abstract Task<T> task();

    final long number() {
        return number >>> REQUEST_BITS_IN_NUMBER;
    }

    final int phase() {
        return status & Phase.MASK;
    }

    final void phase(int phase) {
        status = (status & ~Phase.MASK) | phase;
    }

    final boolean has(int flag) {
        return (status & flag) != 0;
    }

    final void set(int flag, boolean value) {
        status = value ? status | flag : status & ~flag;
    }

    final int requests() {
        return (int) (number & NUMBER_MASK) << REQUEST_BITS_IN_STATUS | status >>> Phase.BITS;
    }

    final void requests(int count) {
        number = (number & ~NUMBER_MASK) | count >>> REQUEST_BITS_IN_STATUS;
        status = (status & ((1 << Phase.BITS) - 1)) | count << Phase.BITS;
    }

    /** The slot, whose content {@link Phase} describes, belongs to the task. */
    @Override
    protected final boolean ownsSlot() {
        return true;
    }

    /**
     * Returns the result that the task waits for, in phase WAITING; null if the result has ended.
     */
    final @Nullable Deferred<?> awaited() {
        return slot() instanceof Deferred<?> awaited ? awaited : null;
    }

    /** Returns the request that the task holds, or with which it wakes; null if there is none. */
    final @Nullable CancelRequest pendingRequest() {
        return slot() instanceof CancelRequest request ? request : null;
    }

    // ---- what observers see

    /** Returns the state, as tools show it. */
    public final TaskState observedState() {
        return switch (phase()) {
            case Phase.CREATED -> TaskState.NEW;
            case Phase.RUNNING -> TaskState.RUNNING;
            case Phase.WAITING, Phase.PARKED -> TaskState.WAITING;
            case Phase.SLEEPING -> TaskState.SLEEPING;
            case Phase.ENDED -> endState();
            default -> TaskState.READY;
        };
    }

    private TaskState endState() {
        if (outcome() instanceof Thrown thrown) {
            return thrown.isCancellation() ? TaskState.CANCELLED : TaskState.FAILED;
        }
        return TaskState.SUCCEEDED;
    }

    /** Returns what the task waits for; null if it does not wait. Loop's thread. */
    public final @Nullable Wait waitsFor() {
        int phase = phase();
        if (phase == Phase.SLEEPING) {
            return Wait.of(Sleep.described(deadline() - loop.now()));
        }
        if (phase != Phase.WAITING && phase != Phase.PARKED) {
            return null;
        }
        Coroutine<?> innermost = frame;
        Wait wait = innermost == null ? null : innermost.waitsFor();
        if (wait != null) {
            return wait;
        }
        Deferred<?> awaited = phase == Phase.WAITING ? awaited() : null;
        if (awaited != null) {
            return awaited.described();
        }
        return Wait.of(phase == Phase.PARKED ? "a wake-up" : "a result that has just come");
    }

    /** Returns the task for whose end this task waits; null if there is none. Loop's thread. */
    public final @Nullable ObservedTask awaitedTask() {
        return phase() == Phase.WAITING && awaited() instanceof Task<?> task ? task : null;
    }

    @Override
    protected final boolean isStep() {
        int phase = phase();
        return phase == Phase.QUEUED || phase == Phase.CREATED;
    }

    @Override
    protected final ObservedTask observed() {
        return task();
    }

    @Override
    protected final @Nullable Throwable failure() {
        return outcome() instanceof Thrown thrown ? thrown.exception : null;
    }

    // ---- shields

    /** Returns the innermost {@link Shielded} that runs in the task, or null. */
    final @Nullable Shielded shield() {
        return has(Phase.SHIELDED) ? loop.shield(this) : null;
    }

    /** Sets the innermost shield. */
    final void shield(@Nullable Shielded innermost) {
        set(Phase.SHIELDED, innermost != null);
        loop.shield(this, innermost);
    }

    /** Returns the request that the running task holds, and drops it; null if there is none. */
    final @Nullable CancelRequest takeHeldRequest() {
        CancelRequest request = pendingRequest();
        if (request != null) {
            slot(null);
        }
        return request;
    }

    // ---- steps

    @Override
    protected void take() {
        int phase = phase();
        if (phase == Phase.QUEUED || (phase == Phase.CREATED && slot() == null)) {
            resume(slot());
        } else {
            takeRareTurn(phase);
        }
    }

    private void takeRareTurn(int phase) {
        if (phase == Phase.EXPIRED) {
            phase(Phase.QUEUED);
            loop.ready(this);
        } else if (phase == Phase.CREATED && slot() instanceof CancelRequest request) {
            Thrown cancellation = cancellation(request); // the body never runs
            if (frame != null) {
                frame.discarded(cancellation.exception);
            }
            conclude(cancellation);
        } // else DISPLACED: the stand-in has the wake-up
    }

    /** Resumes a displaced task, in the turn of its stand-in. */
    final void takeDisplaced() {
        loop.running(this);
        phase(Phase.QUEUED);
        resume(slot());
    }

    private void resume(@Nullable Node source) {
        if (CurrentLoop.HAS_TASK_THREADS) {
            loop.threads().resume(task(), phase() == Phase.CREATED);
        } else {
            drive(frame, begin(source));
        }
    }

    /** Runs a step on the current thread, which is that of the task. */
    final void runStep() {
        drive(frame, beginStep());
    }

    /** Begins a step. Returns what the wake-up delivers. */
    final @Nullable Object beginStep() {
        return begin(slot());
    }

    private @Nullable Object begin(@Nullable Node source) {
        phase(Phase.RUNNING);
        if (source == null) {
            return null;
        }
        slot(null);
        return delivered(source);
    }

    private @Nullable Object delivered(Node source) {
        Object result =
                source instanceof Deferred<?> deferred
                        ? deferred.delivered()
                        : cancellation((CancelRequest) source);
        if (result instanceof Thrown thrown) {
            Traces.arriving(thrown, task());
        }
        return result;
    }

    /**
     * Returns the cancellation that a request delivers: that of the awaited result, if it was
     * cancelled before, or a new one.
     */
    private static Thrown cancellation(CancelRequest request) {
        return request.displaced() instanceof Deferred<?> deferred
                        && deferred.outcome() instanceof Thrown thrown
                        && thrown.isCancellation()
                ? thrown
                : Thrown.cancellation(request.message);
    }

    /** Resumes {@code frame}, and then its awaiters, until one suspends. */
    private void drive(@Nullable Coroutine<?> frame, @Nullable Object value) {
        while (frame != null && !(frame instanceof AwaiterMark)) {
            Object result;
            try {
                result = frame.runStep(task(), value, Coroutine.FIRST_DEPTH);
            } catch (Throwable exception) {
                result = caught(exception, value);
            }
            if (result != Coroutine.SUSPENDED) {
                frame = frame.awaiter;
                this.frame = frame;
                value = Unboxed.boxed(result);
            } else if (phase() == Phase.RUNNING) {
                frame = this.frame; // was too deep for the Java stack, and begins here
                value = null;
            } else {
                expireIfOverdue();
                return;
            }
        }
        conclude(value);
    }

    private Thrown caught(Throwable exception, @Nullable Object value) {
        Thrown thrown = thrownBy(exception, value);
        if (Thrown.isFatal(exception)) {
            conclude(Thrown.of(exception)); // run throws it
            throw Thrown.sneak(exception);
        }
        return thrown;
    }

    /**
     * Returns the outcome of a step that has received {@code value} and has thrown {@code
     * exception}.
     */
    final Thrown thrownBy(Throwable exception, @Nullable Object value) {
        loop.unlinked = null; // not null if a frame could not be made
        Thrown thrown =
                value instanceof Thrown delivered && delivered.exception == exception
                        ? delivered
                        : Thrown.of(Traces.crossed(exception, task()));
        thrown.startTrace(); // the trace is complete now
        return thrown;
    }

    private void conclude(@Nullable Object result) {
        if (CurrentLoop.HAS_TASK_THREADS && loop.isClosed()) {
            return; // the loop has dropped the task
        }
        Object outcome = result;
        if (slot() instanceof CancelRequest request && !(result instanceof Thrown)) {
            outcome = cancellation(request); // the task has cancelled itself and then returned
        }
        slot(null);
        frame = null;
        phase(Phase.ENDED);
        task().ended();
        if (outcome instanceof Thrown thrown && !thrown.isCancellation()) {
            if (thrown.isSeen()) { // by this task, which awaited it
                thrown = thrown.forAnotherOwner();
                outcome = thrown;
            }
            loop.failures.keepUnseen(thrown, task());
        }
        end(outcome);
    }

    // ---- suspensions

    /** Suspends in {@code awaiter} until {@code deferred}, which is pending, has ended. */
    final Object waitFor(Deferred<?> deferred, Coroutine<?> awaiter) {
        if (deferred == this) {
            throw new IllegalStateException(
                    "task " + task().name() + " awaits itself and would wait for ever");
        }
        CancelRequest held = pendingRequest();
        suspendIn(awaiter);
        phase(Phase.WAITING);
        slot(deferred);
        deferred.addTask(this);
        if (held != null && !CancelSweep.internal(held.message).cancel(deferred)) {
            slot(held.displacing(slot())); // another thread has ended it just now
        }
        return Coroutine.SUSPENDED;
    }

    /** Suspends in {@code awaiter}, to be resumed in the next iteration. */
    final Object giveTurn(Coroutine<?> awaiter) {
        suspendIn(awaiter);
        phase(Phase.QUEUED);
        loop.ready(this);
        return Coroutine.SUSPENDED;
    }

    /** Suspends in {@code awaiter} for {@code nanos}; {@code Long.MAX_VALUE} is for ever. */
    final Object sleep(long nanos, Coroutine<?> awaiter) {
        if (slot() instanceof CancelRequest request) {
            slot(CancelRequest.forwarded(request.message));
            return giveTurn(awaiter);
        }
        suspendIn(awaiter);
        long deadline = loop.deadline(nanos);
        if (deadline == Long.MAX_VALUE) {
            phase(Phase.PARKED);
        } else {
            phase(Phase.SLEEPING);
            deadline(deadline);
            loop.timers.add(this);
        }
        return Coroutine.SUSPENDED;
    }

    private void suspendIn(Coroutine<?> awaiter) {
        // A loop suspends the same frame again, and a comparison costs less than a write barrier.
        if (frame != awaiter) {
            frame = awaiter;
        }
    }

    /** Suspends in {@code awaiter} until {@link #unpark}. */
    final Object park(Coroutine<?> awaiter) {
        if (slot() instanceof CancelRequest request) {
            slot(CancelRequest.forwarded(request.message));
            awaiter.interrupted();
            return giveTurn(awaiter);
        }
        frame = awaiter;
        phase(Phase.PARKED);
        return Coroutine.SUSPENDED;
    }

    final void unpark() {
        if (phase() == Phase.PARKED) {
            phase(Phase.QUEUED);
            loop.ready(this);
        }
    }

    // ---- frames that are made while the Java stack unwinds

    /** Keeps a coroutine that has suspended, and whose awaiter has no frame yet. */
    final void keepUnlinked(Coroutine<?> suspended) {
        // If another one is kept, this coroutine has handed its awaiter over to it.
        if (loop.unlinked == null && frame != AwaiterMark.UNLINKED) {
            loop.unlinked = suspended;
        }
    }

    /** Makes {@code awaiter} the awaiter of what has suspended inside. */
    final void link(Coroutine<?> awaiter) {
        Coroutine<?> inner = loop.unlinked;
        if (inner != null) {
            inner.awaiter = awaiter;
            loop.unlinked = null;
        } else if (frame == AwaiterMark.UNLINKED) {
            frame = awaiter;
        }
    }

    /** Links the frame that a body makes while it suspends. */
    final void linkNew(Coroutine<?> made) {
        if (loop.unlinked == AwaiterMark.NULL) {
            loop.unlinked = null;
            throw Traces.nullAwaited(made);
        }
        link(made);
        loop.unlinked = made;
    }

    /**
     * Remembers that a body without a frame awaits null. The message of the exception needs the
     * frame, so {@link #linkNew} throws it.
     */
    final Object awaitNull() {
        loop.unlinked = AwaiterMark.NULL;
        return Coroutine.SUSPENDED;
    }

    @Override
    protected void due() {
        phase(Phase.EXPIRED);
    }

    @Override
    protected void woken() {
        phase(Phase.QUEUED);
    }

    // ---- timeouts around the task's code

    /** Records that a timeout has expired while the task could not be interrupted. */
    final void markOverdue() {
        set(Phase.OVERDUE, true);
        Shielded shield = shield();
        if (shield != null) {
            shield.markOverdue();
        }
    }

    final boolean isOverdue() {
        return has(Phase.OVERDUE);
    }

    final void expireIfOverdue() {
        if (isOverdue()) {
            expireOutermost();
        }
    }

    private void expireOutermost() {
        set(Phase.OVERDUE, false);
        Coroutine<?> outermost = null;
        List<Coroutine<?>> timeouts =
                CurrentLoop.HAS_TASK_THREADS ? loop.threads().timeouts(this) : null;
        if (timeouts == null) {
            for (Coroutine<?> c = frame; c != null; c = c.awaiter) {
                outermost = c.outermostExpired(outermost);
            }
        } else {
            for (int i = timeouts.size() - 1; i >= 0; i--) {
                outermost = timeouts.get(i).outermostExpired(outermost);
            }
        }
        if (outermost != null) {
            outermost.expire();
        }
    }
}
