package dev.weft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs beside the others. The loop holds it until it has ended. It starts when its
 * creator suspends; tasks start in the order in which they were created.
 *
 * <pre>{@code
 * Task<Integer> goog = Task.create(price("GOOG")); // starts when this suspends
 * Task<Integer> appl = Task.create("apple", price("APPL")); // beside the other
 * int sum = await(goog) + await(appl);
 * }</pre>
 *
 * <p>{@link #state} and {@link #name} may be called by any thread.
 *
 * @param <T> what its coroutine gives
 */
public final class Task<T> extends Steps<T> {
    /** How far a task has come. */
    public enum State {
        /** It has not ended. */
        PENDING,
        /** It has ended with a value. */
        SUCCEEDED,
        /** It has thrown. */
        FAILED,
        /** It has ended by {@link CancelledError}. */
        CANCELLED
    }

    // With what it inherits this is 72 bytes, which is what a parked task costs besides its frames.
    private final long id;

    @Nullable Task<?> tableBefore;
    @Nullable Task<?> tableAfter;
    private @Nullable Context context;
    private volatile @Nullable String name;

    Task(EventLoop loop, @Nullable String name, Coroutine<T> coroutine) {
        super(loop, coroutine);
        this.id = loop.nextTaskId();
        this.name = name;
        this.context = loop.context();
    }

    /**
     * Runs {@code coroutine} beside the current task, from the next iteration of the loop on.
     *
     * @throws IllegalStateException if it was used before, or outside a loop
     */
    public static <T> Task<T> create(Coroutine<T> coroutine) {
        return EventLoop.current().createTask(null, coroutine);
    }

    /** As {@link #create(Coroutine)}, under a name of its own. */
    public static <T> Task<T> create(String name, Coroutine<T> coroutine) {
        return EventLoop.current().createTask(name, coroutine);
    }

    /** Calls {@code body} in the first step of a new task and runs what it gives. */
    public static <T> Task<T> create(AsyncCallable<T> body) {
        return EventLoop.current().createTask(null, Coroutine.from(body));
    }

    /** As {@link #create(AsyncCallable)}, under a name of its own. */
    public static <T> Task<T> create(String name, AsyncCallable<T> body) {
        return EventLoop.current().createTask(name, Coroutine.from(body));
    }

    /** The task whose step is running on this thread; null outside a task. */
    public static @Nullable Task<?> current() {
        EventLoop loop = EventLoop.currentOrNull();
        return loop == null ? null : loop.currentTask();
    }

    /**
     * The live tasks of the current loop, in creation order.
     *
     * @throws IllegalStateException outside a loop
     */
    public static List<Task<?>> all() {
        return EventLoop.current().tasks.all();
    }

    /** Its name, "Task-" and its number unless it was given one. */
    public String name() {
        String given = name;
        return given == null ? "Task-" + id : given;
    }

    /** Names it. */
    public void setName(String name) {
        loop.check("setName");
        if (name == null) {
            throw new NullPointerException("name");
        }
        this.name = name;
    }

    /** Its number on its loop, from 1 in creation order. */
    public long id() {
        return id;
    }

    /**
     * How many requests of cancellation it has had that were not taken back. What a timeout or a
     * group asks of its body counts until the body has been left.
     */
    public int cancelling() {
        loop.check("cancelling");
        return status / Phase.REQUEST;
    }

    /**
     * Takes one request of cancellation back, and gives the number that is left. At 0 a request
     * that has not reached the task and has ended nothing else is dropped.
     */
    public int uncancel() {
        loop.check("uncancel");
        takeBackRequest(0);
        return cancelling();
    }

    /** How far it has come. */
    public State state() {
        Object outcome = outcome();
        if (outcome instanceof Thrown thrown) {
            return thrown.cancelled() ? State.CANCELLED : State.FAILED;
        }
        return outcome == null ? State.PENDING : State.SUCCEEDED;
    }

    /**
     * The awaits at which it is suspended, innermost first, as a stack trace would show them if
     * they were calls. Empty once it has ended.
     */
    public List<StackTraceElement> stack() {
        loop.check("stack");
        return Traces.chain(frame);
    }

    // ---- how it is cancelled

    @Override
    boolean stop(@Nullable String message) {
        if (done()) {
            return false;
        }
        // Down the chain of tasks that wait for one another: in a loop, because the chain may be
        // long; with an anchor that is set anew after 1, 2, 4, ... steps, because it may run into a
        // circle (R. P. Brent, 1980).
        Task<?> task = this;
        Task<?> anchor = this;
        for (int steps = 1; ; steps++) {
            task.status += Phase.REQUEST;
            Task<?> awaited = task.awaitedTask();
            if (awaited == null) {
                break;
            }
            if (awaited == anchor) {
                task.leaveLine(message);
                return true;
            }
            task = awaited;
            if (Integer.bitCount(steps) == 1) {
                anchor = task;
            }
        }
        if (!task.interrupt(message)) {
            task.hold(message);
        }
        return true;
    }

    private @Nullable Task<?> awaitedTask() {
        return phase() == Phase.WAITING && prev instanceof Task<?> awaited && !awaited.done()
                ? awaited
                : null;
    }

    /**
     * Cancels what the task waits for.
     *
     * @return false if it waits for nothing: it runs, or its wake-up is queued
     */
    boolean interrupt(@Nullable String message) {
        switch (phase()) {
            case Phase.WAITING -> {
                if (!(prev instanceof Deferred<?> awaited)) {
                    return false;
                }
                if (awaited.isStopping()) {
                    leaveLine(message);
                    return true;
                }
                return awaited.stop(message);
            }
            case Phase.SLEEPING, Phase.PARKED -> {
                if (phase() == Phase.SLEEPING) {
                    loop.timers.remove(this);
                }
                wakeBy(message);
                if (frame != null) {
                    frame.interrupted();
                }
            }
            case Phase.EXPIRED -> {
                phase(Phase.DISPLACED);
                prev = Request.forwarded(message);
                loop.ready(StandIn.of(this));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Cancels it on behalf of a group around what it runs. */
    void demand(String reason) {
        countRequest();
        if (!interrupt(reason)) {
            hold(reason);
        }
    }

    /**
     * A timeout or a group around what it runs has cancelled it. That counts as a request until
     * they are left, so that what lies further inside knows that the cancellation is not its own.
     */
    void countRequest() {
        status += Phase.REQUEST;
    }

    /**
     * Takes one request back, and if no more than {@code before} are left, what is held of them
     * too; says whether that is so.
     */
    boolean takeBackRequest(int before) {
        if (cancelling() > 0) {
            status -= Phase.REQUEST;
        }
        if (cancelling() > before) {
            return false;
        }
        if (prev instanceof Request request && !request.forwarded) {
            prev = request.prev;
        }
        return true;
    }

    /** Breaks a circle of tasks that wait for one another. */
    private void leaveLine(@Nullable String message) {
        if (prev instanceof Deferred<?> awaited) {
            awaited.removeWaiter(this);
        }
        wakeBy(message);
    }

    private void wakeBy(@Nullable String message) {
        phase(Phase.QUEUED);
        prev = Request.forwarded(message);
        loop.ready(this);
    }

    /**
     * As {@link #interrupt}, for a task that has just suspended; giving up the turn is a suspension
     * too.
     */
    boolean interruptSuspended(String message) {
        if (phase() == Phase.QUEUED && prev == null) {
            prev = Request.forwarded(message);
            return true;
        }
        return interrupt(message);
    }

    @Override
    Task<T> task() {
        return this;
    }

    @Override
    @Nullable Context context() {
        return context;
    }

    @Override
    void context(@Nullable Context context) {
        this.context = context;
    }

    @Override
    public String toString() {
        return "task " + name() + " (" + state().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
