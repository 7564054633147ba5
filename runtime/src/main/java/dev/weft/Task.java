package dev.weft;

import dev.weft.internal.loop.CancelRequest;
import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.loop.Turn;
import dev.weft.internal.time.Node;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Wait;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs concurrently with the other tasks of its loop. The loop holds a task until
 * the task has ended. A task starts when its creator suspends; tasks start in the order of
 * creation.
 *
 * <pre>{@code
 * Task<Integer> goog = Task.create(price("GOOG")); // starts when this suspends
 * Task<Integer> appl = Task.create("apple", price("APPL")); // at the same time
 * int sum = await(goog) + await(appl);
 * }</pre>
 *
 * <p>Any thread may call {@link #state}, {@link #name} and {@link #id}.
 *
 * @param <T> the result of the coroutine
 */
public final class Task<T> extends TaskCore<T> implements ObservedTask {
    /** The states of a task. */
    public enum State {
        /** The task has not ended. */
        PENDING,
        /** The task has ended with a value. */
        SUCCEEDED,
        /** The task has ended with an exception. */
        FAILED,
        /** The task has ended with a {@link CancelledError}. */
        CANCELLED
    }

    // With the inherited fields a task takes 72 bytes.

    /** The links of the table of tasks. */
    @Nullable Task<?> previous;

    @Nullable Task<?> next;

    private @Nullable TaskLocals locals;

    /** An object whose text is the name; null for the default name. */
    private volatile @Nullable Object name;

    Task(TaskLoop loop, @Nullable Object name, Coroutine<T> coroutine) {
        super(loop, loop.nextTaskNumber(), coroutine);
        this.name = name;
        this.locals = loop.locals();
    }

    /** Creates an ended task for a report, in place of one that was collected. */
    Task(TaskLoop loop, long number, @Nullable String name, Throwable failure) {
        super(loop, number, Ready.failure(failure));
        this.name = name;
        frame = null;
        phase(Phase.ENDED);
        exchange(Thrown.of(failure).seen());
    }

    /**
     * Creates a task that runs {@code coroutine}. Its first step is in the next iteration of the
     * current loop.
     *
     * @throws IllegalStateException if the coroutine was used before, or outside of a loop
     */
    public static <T> Task<T> create(Coroutine<T> coroutine) {
        return TaskLoop.ofThread().createTask(null, coroutine);
    }

    /** Creates a task with a name, as {@link #create(Coroutine)}. */
    public static <T> Task<T> create(String name, Coroutine<T> coroutine) {
        return TaskLoop.ofThread().createTask(name, coroutine);
    }

    /**
     * Creates a task that calls {@code body} in its first step and runs the coroutine that the call
     * returns. An exception of the call is the task's failure.
     */
    public static <T> Task<T> create(AsyncCallable<T> body) {
        return TaskLoop.ofThread().createTask(null, Coroutine.from(body));
    }

    /** Creates a task with a name, as {@link #create(AsyncCallable)}. */
    public static <T> Task<T> create(String name, AsyncCallable<T> body) {
        return TaskLoop.ofThread().createTask(name, Coroutine.from(body));
    }

    /** Returns the task whose step is running on this thread; null outside of a task. */
    public static @Nullable Task<?> current() {
        TaskLoop loop = TaskLoop.ofThreadOrNull();
        return loop == null ? null : loop.currentTask();
    }

    /**
     * Returns the live tasks of the current loop, in the order of creation.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static List<Task<?>> all() {
        return TaskLoop.ofThread().allTasks();
    }

    @Override
    Wait described() {
        return Wait.forEnds("task " + name(), List.of(id()));
    }

    /** Returns the name: "Task-" and the number, unless the task was given a name. */
    @Override
    public String name() {
        String given = givenName();
        return given == null ? "Task-" + number() : given;
    }

    /** Sets the name. */
    public void setName(String name) {
        loop.checkThread("setName");
        if (name == null) {
            throw new NullPointerException("name");
        }
        this.name = name;
    }

    /** Returns the number of the task: 1, 2, ... in the order of creation on its loop. */
    @Override
    public long id() {
        return number();
    }

    /**
     * Returns the number of cancellation requests that were not taken back. When a timeout or a
     * group cancels code in this task, the request counts until that code has been left. The count
     * stops at {@code Integer.MAX_VALUE}.
     */
    public int cancelling() {
        loop.checkThread("cancelling");
        return allRequests();
    }

    /**
     * Takes one cancellation request back. When the count reaches zero, a request that has not been
     * delivered and has cancelled nothing else is dropped.
     *
     * @return the number of requests that remain
     */
    public int uncancel() {
        loop.checkThread("uncancel");
        Shielded shield = shield();
        if (shield == null || !shield.takeBack()) {
            takeBackRequest(0);
        }
        int remaining = allRequests();
        if (shield != null && remaining == 0) {
            shield.drop();
        }
        return remaining;
    }

    /**
     * Returns the number of requests that were not taken back, those that shields keep included.
     */
    int allRequests() {
        Shielded shield = shield();
        int kept = shield == null ? 0 : shield.count();
        return requests() + Math.min(kept, Integer.MAX_VALUE - requests());
    }

    /** Returns the state. */
    public State state() {
        Object outcome = outcome();
        if (outcome instanceof Thrown thrown) {
            return thrown.isCancellation() ? State.CANCELLED : State.FAILED;
        }
        return outcome == null ? State.PENDING : State.SUCCEEDED;
    }

    /**
     * Returns the awaits at which the task is suspended, innermost first, as a stack trace would
     * show calls. At most 1,024. Empty once the task has ended.
     */
    @Override
    public List<StackTraceElement> stack() {
        loop.checkThread("stack");
        return List.of(Traces.awaits(this));
    }

    @Override
    public @Nullable StackTraceElement place() {
        loop.checkThread("place");
        return Traces.innermostAwait(this);
    }

    // ---- cancelling; see Phase and CancelSweep

    @Override
    boolean stop(CancelSweep sweep) {
        if (done()) {
            return false;
        }
        if (!isAsked()) {
            sweep.asked(this);
            interruptOrKeep(sweep);
        }
        return true;
    }

    private void interruptOrKeep(CancelSweep sweep) {
        Shielded shield = shield();
        if (shield == null) {
            interruptOrHold(sweep);
        } else {
            shield.keep(1, sweep.message());
        }
    }

    private void interruptOrHold(CancelSweep sweep) {
        countRequests(1);
        if (!interrupt(sweep)) {
            hold(sweep.message());
        }
    }

    @Override
    boolean stopsOthers() {
        return true;
    }

    @Override
    boolean isAsked() {
        return has(Phase.ASKED);
    }

    @Override
    void isAsked(boolean isAsked) {
        set(Phase.ASKED, isAsked);
    }

    @Override
    boolean isOnPath() {
        return has(Phase.ON_PATH);
    }

    @Override
    void isOnPath(boolean isOnPath) {
        set(Phase.ON_PATH, isOnPath);
    }

    /**
     * Cancels what the task waits for.
     *
     * @return false if it waits for nothing: it runs, or its wake-up is queued
     */
    boolean interrupt(CancelSweep sweep) {
        switch (phase()) {
            case Phase.WAITING -> {
                return interruptWait(sweep);
            }
            case Phase.SLEEPING -> {
                loop.timers.remove(this);
                wakeBy(sweep.request());
            }
            case Phase.PARKED -> {
                wakeBy(sweep.request());
                if (frame != null) {
                    frame.interrupted();
                }
            }
            case Phase.EXPIRED -> {
                phase(Phase.DISPLACED);
                slot(sweep.request());
                loop.ready(StandIn.of(this));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean interruptWait(CancelSweep sweep) {
        Deferred<?> awaited = awaited();
        if (awaited == null) {
            return false; // another thread has ended it; the wake-up delivers the held request
        }
        if (!awaited.stopsOthers()) {
            return awaited.stop(sweep);
        }
        if (awaited.isOnPath() || !awaited.isAsked()) {
            sweep.descend(this, awaited);
        }
        return true;
    }

    private void wakeBy(Node request) {
        phase(Phase.QUEUED);
        slot(request);
        loop.ready(this);
    }

    /** Marks the task as leaving the awaited result, which then calls {@link #released}. */
    void leaves(Node request) {
        set(Phase.LEAVING, true);
        slot(request);
    }

    @Override
    protected boolean isLeaving() {
        return has(Phase.LEAVING);
    }

    @Override
    protected void released() {
        set(Phase.LEAVING, false);
        phase(Phase.QUEUED);
    }

    /**
     * Cancels the task on behalf of a group around its code.
     *
     * @param around the innermost shield around the group, or null
     */
    void demand(CancelSweep sweep, @Nullable Shielded around) {
        if (shield() == around) {
            interruptOrHold(sweep);
        } else {
            interruptOrKeep(sweep);
        }
    }

    /** Keeps a request for the next step or suspension. Has no effect if one is kept already. */
    void hold(@Nullable String message) {
        if (pendingRequest() == null) {
            slot(CancelRequest.held(message, requests()).displacing(slot()));
        }
    }

    /**
     * Counts requests. That of a timeout or group counts until its code has been left, so that code
     * further inside sees that the cancellation comes from outside.
     */
    void countRequests(int count) {
        requests(requests() + Math.min(count, Integer.MAX_VALUE - requests()));
    }

    /**
     * Takes one request back. If at most {@code before} remain, also drops a held request that came
     * after those.
     *
     * @return whether at most {@code before} remain
     */
    boolean takeBackRequest(int before) {
        if (requests() > 0) {
            requests(requests() - 1);
        }
        if (requests() > before) {
            return false;
        }
        CancelRequest request = pendingRequest();
        if (request != null && request.isHeldAfter(before)) {
            slot(request.displaced());
        }
        return true;
    }

    /** Interrupts a task that has just suspended, by {@link #giveTurn} too. */
    boolean interruptSuspended(String message) {
        if (phase() == Phase.QUEUED && slot() == null) {
            slot(CancelRequest.forwarded(message));
            return true;
        }
        return CancelSweep.internal(message).interrupt(this);
    }

    // ---- the rest

    @Override
    Task<T> task() {
        return this;
    }

    /** Called by the last step. */
    void ended() {
        loop.taskEnded(this);
        locals = null;
    }

    @Override
    public @Nullable String givenName() {
        Object given = name;
        return given == null ? null : given.toString();
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
    protected boolean hasFollower() {
        return phase() == Phase.DISPLACED;
    }

    /**
     * Returns whether {@code other} is the stand-in. A displaced task must have left the queue when
     * its stand-in resumes it.
     */
    @Override
    protected boolean mustPrecede(Turn other) {
        return other instanceof StandIn standIn && standIn.task == this;
    }

    @Override
    public String toString() {
        return "task " + name() + " (" + state().name().toLowerCase(Locale.ROOT) + ")";
    }

    /** The wake-up of a task that is still in the ready queue as the turn of its timer. */
    private static final class StandIn extends Turn {
        private final Task<?> task;

        private StandIn(Task<?> task) {
            this.task = task;
        }

        static Turn of(Task<?> task) {
            return new StandIn(task);
        }

        @Override
        protected void take() {
            task.takeDisplaced();
        }

        @Override
        protected boolean isStep() {
            return true;
        }

        @Override
        protected ObservedTask observed() {
            return task;
        }

        @Override
        protected @Nullable Throwable failure() {
            return task.failure();
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }
}
