package dev.weft;

import dev.weft.internal.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread's queue of what can run, and the only place where anything is run.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.current();
 * loop.callSoon(() -> log.add("in the next iteration"));
 * loop.callLater(ofSeconds(1), () -> log.add("a second later"));
 * // any thread may hand in work
 * Callable<String> elsewhere = () -> loop.submit(() -> greet("Ada")).get();
 * log.add(await(blocking(elsewhere)));
 * }</pre>
 *
 * <p>It works in iterations: sleep if nothing can run; append what other threads handed in, then
 * the timers that are due; run exactly the handles that are ready now. What a handle schedules runs
 * in the next iteration.
 *
 * <p>Everything here belongs to the loop's thread, which is the one that made its {@link Runner},
 * except {@link #execute} and {@link #submit}. Every call from another thread is an {@code
 * IllegalStateException}.
 */
public class EventLoop extends LoopCore implements Executor {
    private static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

    /**
     * The loop that was asked for last, by any thread: saves the thread-local look-up nearly
     * always, and may be stale.
     */
    private static @Nullable EventLoop recent;

    final TaskTable tasks = new TaskTable();
    final Failures failures = new Failures(this);
    private final @Nullable ExecutorService executor;

    /** Null until work is blocking. */
    private @Nullable OffLoop offLoop;

    /** What an interrupt ends: the main task of the run, and of the innermost nested run. */
    @Nullable Task<?> main;

    @Nullable Task<?> nestedMain;

    /** The loop of this thread in whose step this one is being closed. */
    private @Nullable EventLoop outer;

    private boolean open;
    private boolean closed;
    private long taskIds;

    /** Null: {@link Log#unhandled}. */
    private @Nullable Consumer<? super Unhandled> handler;

    EventLoop(Clock clock, boolean debug, @Nullable ExecutorService executor) {
        super(clock, debug);
        this.executor = executor;
    }

    /**
     * The loop that runs on this thread.
     *
     * @throws IllegalStateException outside a loop
     */
    public static EventLoop current() {
        EventLoop loop = currentOrNull();
        if (loop == null) {
            throw new IllegalStateException(
                    "no event loop runs on thread "
                            + Thread.currentThread().getName()
                            + ": start one with Weft.run(...), or hand in work for a loop of another thread with its"
                            + " submit(...) or execute(...)");
        }
        return loop;
    }

    static @Nullable EventLoop currentOrNull() {
        EventLoop loop = recent;
        if (loop != null && loop.thread == Thread.currentThread() && loop.open) {
            return loop;
        }
        loop = RUNNING.get();
        if (loop != null) {
            recent = loop;
        }
        return loop;
    }

    /**
     * Runs {@code callback} in the next iteration, after what was scheduled before.
     *
     * @throws IllegalStateException on another thread, or on a closed loop
     */
    public Handle callSoon(Runnable callback) {
        checkOpen("callSoon", "execute");
        return Callback.soon(this, callback);
    }

    /**
     * Runs {@code callback} once {@code delay} is over, never earlier; callbacks with equal
     * deadlines in the order of the calls.
     *
     * @throws IllegalStateException on another thread, or on a closed loop
     */
    public Handle callLater(Duration delay, Runnable callback) {
        checkOpen("callLater", "execute");
        return timer(Sleep.nanos(delay), callback);
    }

    /**
     * Runs {@code callback} once {@link #time} has reached {@code nanos}.
     *
     * @throws IllegalStateException on another thread, or on a closed loop
     */
    public Handle callAt(long nanos, Runnable callback) {
        checkOpen("callAt", "execute");
        return Callback.at(nanos, this, callback);
    }

    /** The loop's clock in nanoseconds: monotonic, with an origin of its own. */
    public long time() {
        check("time");
        return clock.now();
    }

    /**
     * Runs {@code callback} on the loop; any thread. From the loop's own thread it is {@link
     * #callSoon}. What happened before the call happens before the callback.
     *
     * @throws RejectedExecutionException if the loop is closed; otherwise the callback will run
     */
    @Override
    public void execute(Runnable callback) {
        if (isMine() && !closed) {
            callSoon(callback);
        } else {
            Callback.handIn(this, callback);
        }
    }

    /**
     * Runs {@code body} as a task of its own; any thread. Cancelling the future cancels the task.
     *
     * @throws RejectedExecutionException if the loop is closed
     */
    public <T> CompletableFuture<T> submit(AsyncCallable<T> body) {
        return Submission.to(this, body);
    }

    /**
     * Sends failures that nobody else hears of to {@code handler}, on the loop's thread; null
     * restores the default, which logs.
     */
    public void exceptionHandler(@Nullable Consumer<? super Unhandled> handler) {
        check("exceptionHandler");
        this.handler = handler;
    }

    // ---- whose thread it is

    final boolean isMine() {
        return Thread.currentThread() == thread;
    }

    final void check(String call) {
        if (Thread.currentThread() != thread) {
            throw foreign(
                    call + " was called on thread " + Thread.currentThread().getName(),
                    "EventLoop.execute(...)");
        }
    }

    private void checkOpen(String call, String instead) {
        if (Thread.currentThread() != thread) {
            throw foreign(
                    call + " was called on thread " + Thread.currentThread().getName(),
                    "EventLoop." + instead + "(...)");
        }
        if (closed) {
            throw new IllegalStateException(call + ": the event loop is closed");
        }
    }

    static IllegalStateException foreign(String what, String instead) {
        return new IllegalStateException(
                what
                        + "; a loop, its tasks and what belongs to them are used from the loop's own thread: use "
                        + instead);
    }

    // ---- what runs

    final <T> Task<T> createTask(@Nullable String name, Coroutine<T> coroutine) {
        coroutine.claim(Mark.ROOT);
        Task<T> task = new Task<>(this, name, coroutine);
        tasks.add(task);
        ready(task);
        return task;
    }

    final long nextTaskId() {
        return ++taskIds;
    }

    /** {@code callback} after {@code nanos}. */
    final Handle timer(long nanos, Runnable callback) {
        return Callback.at(deadline(nanos), this, callback);
    }

    /** A callback has thrown: the loop goes on, unless it must not. */
    final void failedCallback(Throwable exception) {
        if (Thrown.fatal(exception)) {
            throw Thrown.sneak(exception);
        }
        report(new Unhandled("a callback failed", exception, null));
    }

    final void report(Unhandled unhandled) {
        if (handler == null) {
            Log.unhandled(unhandled);
            return;
        }
        try {
            handler.accept(unhandled);
        } catch (Throwable exception) {
            if (Thrown.fatal(exception)) {
                throw Thrown.sneak(exception);
            }
            Log.warning("the exception handler failed", exception);
            Log.unhandled(unhandled);
        }
    }

    // ---- when it runs

    /**
     * Opens it for this thread: what runs until {@link #leaveThread} finds it as the current loop.
     */
    final void enterThread() {
        outer = RUNNING.get();
        open = true;
        RUNNING.set(this);
        recent = this;
    }

    final void leaveThread() {
        open = false;
        if (outer == null) {
            RUNNING.remove();
        } else {
            RUNNING.set(outer);
            outer = null;
        }
    }

    /** The interrupt is passed on as a cancellation, and with that used up. */
    @Override
    void interrupted() {
        Thread.interrupted();
        endMain("shut down: interrupted");
    }

    @Override
    void beforeIdle() {
        failures.reportLost();
    }

    final void endMain(String reason) {
        if (nestedMain != null) {
            nestedMain.stop(reason);
        }
        if (main != null) {
            main.stop(reason);
        }
    }

    final void close() {
        closed = true;
        if (stepWatch != null) {
            stepWatch.stop();
            Origin.loopCloses();
        }
        if (offLoop != null) {
            offLoop.close();
        }
    }

    final OffLoop offLoop() {
        OffLoop made = offLoop;
        if (made == null) {
            made = new OffLoop(this, executor);
            offLoop = made;
        }
        return made;
    }

    final boolean isDebug() {
        return stepWatch != null;
    }

    final boolean isClosed() {
        return closed;
    }

    final boolean isOpen() {
        return open;
    }

    /** Whether its thread is in System.exit, and so waits for the JVM's shutdown hooks. */
    final boolean isExiting() {
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
