package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.Shuffle;
import dev.weft.internal.report.CreationSite;
import dev.weft.internal.report.Tools;
import dev.weft.internal.report.UserCode;
import dev.weft.internal.thread.JvmShutdown;
import dev.weft.internal.time.Clock;
import dev.weft.internal.time.SystemClock;
import dev.weft.internal.time.VirtualClock;
import dev.weft.io.Poller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs coroutines one after another on a single loop. The loop belongs to the thread that created
 * the runner. Tasks, timers and task-local values stay from run to run; {@link #close} ends them.
 *
 * <pre>{@code
 * try (Runner runner = Weft.runner().virtualTime()) {
 *     log.add(runner.run(reply()));
 *     runner.run(sleep(ofDays(1))); // the same loop again; this takes no time
 *     log.add("after " + runner.loop().time() / 1_000_000_000 + " s");
 * }
 * }</pre>
 *
 * <p>Settings must be made before the first call of {@link #loop} or {@code run}.
 */
public final class Runner implements AutoCloseable {
    /** A thread that wakes may serve all timers of this span; see the table sleep of benchmarks. */
    private static final long DEFAULT_SLACK_NANOS = 1_000_000;

    private final Thread thread = CurrentLoop.thread();
    private boolean isDebug =
            Boolean.getBoolean("weft.debug") || "1".equals(System.getenv("WEFT_DEBUG"));
    private boolean isVirtual;
    private boolean hasHook = JvmShutdown.isMainThread(thread);
    private long slack = DEFAULT_SLACK_NANOS;
    private @Nullable ExecutorService executor;
    private @Nullable Consumer<? super Unhandled> handler;
    private @Nullable Shuffle shuffle;
    private @Nullable Function<? super EventLoop, ? extends Poller> poller;
    private @Nullable EventLoop loop;

    private boolean isMonitored;

    /** Ends the recording of creation sites in debug mode. */
    private @Nullable Runnable stopRecording;

    /** The number of the last site before the recording. */
    private long lastSite;

    Runner() {}

    // ---- settings

    /**
     * Turns debug mode on or off. Debug mode logs steps of more than 100 ms and coroutines that
     * were never awaited. Off by default, unless {@code -Dweft.debug=true} or {@code WEFT_DEBUG=1}
     * is set.
     */
    public Runner debug(boolean on) {
        checkFresh("debug");
        isDebug = on;
        return this;
    }

    /**
     * Runs the loop in virtual time. Its clock begins at 0, stands still while anything can run,
     * and jumps to the next timer when nothing can. While work outside of the loop is awaited, such
     * as {@link Weft#blocking} work or a {@code CompletionStage}, the clock stands still too.
     */
    public Runner virtualTime() {
        checkFresh("virtualTime");
        isVirtual = true;
        return this;
    }

    /**
     * Runs the ready tasks and callbacks of each iteration in an order that {@code seed} decides,
     * instead of the order of arrival. For tests of code that must not depend on that order.
     * Nothing else changes: turns that are scheduled meanwhile run in the next iteration, timers
     * are never early, and the longest waiter of a lock or queue is served first.
     *
     * <p>A seed always gives the same order, unless other threads hand in work. So with {@link
     * #virtualTime}, a failure can be repeated by its seed.
     *
     * <pre>{@code
     * for (long seed = 0; seed < 20; seed++) {
     *     List<String> order = new ArrayList<>();
     *     try (Runner runner = Weft.runner().virtualTime().shuffled(seed)) {
     *         runner.run(() -> startsTwo(order));
     *     }
     *     assertThat(order).as("seed %d", seed).containsExactlyInAnyOrder("one", "two");
     * }
     * }</pre>
     */
    public Runner shuffled(long seed) {
        checkFresh("shuffled");
        shuffle = new Shuffle(seed);
        return this;
    }

    /**
     * Runs {@link Weft#blocking} work on {@code executor}, which the caller shuts down. By default
     * the loop has virtual threads, or before Java 21 at most 32 daemon threads, and waits for them
     * at its end.
     */
    public Runner executor(ExecutorService executor) {
        checkFresh("executor");
        if (executor == null) {
            throw new NullPointerException("executor");
        }
        this.executor = executor;
        return this;
    }

    /**
     * Sets the time that the loop may sleep beyond a deadline in order to serve several timers at
     * once. Timers never fire early. One millisecond by default. The order of timers is exact in
     * any case.
     *
     * @throws IllegalArgumentException if {@code slack} is negative
     */
    public Runner timerSlack(Duration slack) {
        checkFresh("timerSlack");
        if (slack.isNegative()) {
            throw new IllegalArgumentException("slack < 0: " + slack);
        }
        this.slack = Sleep.nanos(slack);
        return this;
    }

    /**
     * Lets the loop wait in the poller that {@code factory} returns. The factory is called once,
     * when the loop is created. By default the loop parks its thread until a socket is opened in
     * it.
     */
    public Runner poller(Function<? super EventLoop, ? extends Poller> factory) {
        checkFresh("poller");
        if (factory == null) {
            throw new NullPointerException("factory");
        }
        this.poller = factory;
        return this;
    }

    /**
     * Sets whether the end of the JVM (SIGINT, SIGTERM, {@code System.exit}) cancels the main task
     * and waits up to 10 s until the thread has left the run. On by default only on the JVM's main
     * thread: on another thread, the code that started the thread decides when its work ends.
     */
    public Runner shutdownHook(boolean on) {
        checkFresh("shutdownHook");
        hasHook = on;
        return this;
    }

    /**
     * Lets {@code weft ps}, {@code weft tree} and the other commands look into this program, and
     * tools for MBeans such as JConsole, as {@code -Dweft.monitor} does. The commands find other
     * programs too, but load an agent into them, of which the JVM warns since Java 21. Applies to
     * all loops of this JVM. Begins after one second, so that the start takes no longer.
     */
    public Runner monitored() {
        checkFresh("monitored");
        isMonitored = true;
        return this;
    }

    /**
     * Sends failures that no code can see otherwise to {@code handler}, on the loop's thread. Null
     * restores the default, which logs them. May be called at any time before the end.
     */
    public Runner exceptionHandler(@Nullable Consumer<? super Unhandled> handler) {
        checkThread("exceptionHandler");
        this.handler = handler;
        if (loop != null) {
            loop.exceptionHandler(handler);
        }
        return this;
    }

    // ---- the loop

    /**
     * Returns the loop. Callbacks that other threads hand in before the first run are called in
     * that run.
     *
     * @throws IllegalStateException if this runner is closed
     */
    public EventLoop loop() {
        TaskLoop core = core();
        if (core.isClosed()) {
            throw new IllegalStateException("loop: the runner is closed");
        }
        return core.face;
    }

    private TaskLoop core() {
        EventLoop created = loop;
        if (created == null) {
            checkThread("loop");
            if (isMonitored) {
                Tools.startMonitor();
            }
            Clock clock = isVirtual ? new VirtualClock() : new SystemClock(slack);
            created = new EventLoop(clock, isDebug, executor, shuffle);
            created.exceptionHandler(handler);
            if (poller != null) {
                created.poller(Poller.class, poller);
            }
            loop = created;
            if (isDebug) {
                lastSite = CreationSite.lastNumber();
                stopRecording = CreationSite.startRecording(created);
            }
        }
        return created.core;
    }

    /**
     * Runs the loop until {@code main} has ended, and returns its value. Ends no other task.
     *
     * @throws IllegalStateException inside a running loop, on another thread, or if this runner is
     *     closed; in virtual time also if nothing can ever run: the message names every suspended
     *     task
     * @throws CancelledError if {@code main} was cancelled; other exceptions are thrown unwrapped
     */
    public <T> T run(Coroutine<T> main) {
        return run(main, false);
    }

    /** Runs the coroutine that {@code main} returns when it is called, in the first step. */
    public <T> T run(AsyncCallable<T> main) {
        return run(Coroutine.from(main));
    }

    /**
     * Runs what is ready and what is due, until the loop can only wait for a later time. Virtual
     * time does not advance. With {@code run(sleep(delay))} before, everything up to that time has
     * happened.
     *
     * <pre>{@code
     * runner.run(() -> Coroutine.of(Task.create(() -> reply())));
     * runner.runUntilIdle(); // the task has ended, or waits for a timer or an event
     * }</pre>
     *
     * <p>Work outside of the loop, such as {@link Weft#blocking} work, is waited for. An interrupt
     * ends the wait.
     *
     * @throws IllegalStateException inside a running loop, on another thread, or if this runner is
     *     closed
     */
    public void runUntilIdle() {
        TaskLoop loop = begin();
        try {
            loop.runUntil(new Idle(loop));
        } catch (Throwable fatal) {
            throw Shutdown.becauseOf(fatal, loop);
        } finally {
            end(loop, false);
        }
    }

    /**
     * Returns the coroutines that this thread has created since the creation of the loop, and that
     * were neither awaited nor closed. The exception of each report has the place of the creation
     * as its trace. Each coroutine is returned once, and then not logged. Empty unless debug mode
     * is on.
     */
    public List<Unhandled> unawaited() {
        checkThread("unawaited");
        return unused(false);
    }

    /**
     * Returns the streams of generators that this thread has created since the creation of the
     * loop, and that were neither read to their end nor closed, as {@link #unawaited} does. The end
     * of the loop closes those that have begun.
     */
    public List<Unhandled> unclosed() {
        checkThread("unclosed");
        return unused(true);
    }

    private List<Unhandled> unused(boolean areStreams) {
        if (stopRecording == null) {
            return List.of();
        }
        return CreationSite.takeUnused(thread, lastSite, areStreams).stream()
                .map(unused -> new Unhandled(unused.message(), unused.place(), null))
                .toList();
    }

    /** Runs {@code main}, and then ends the loop. */
    <T> T runOnce(Coroutine<T> main) {
        return run(main, true);
    }

    private <T> T run(Coroutine<T> main, boolean endsLoop) {
        if (main == null) {
            throw new NullPointerException("main");
        }
        TaskLoop loop = begin();
        try {
            Task<T> task = loop.createTask(null, main);
            loop.main = task;
            if (hasHook) {
                JvmShutdown.watch(loop);
            }
            return runMain(loop, task);
        } finally {
            loop.main = null;
            end(loop, endsLoop);
        }
    }

    private TaskLoop begin() {
        checkThread("run");
        TaskLoop loop = core();
        if (loop.isClosed()) {
            throw new IllegalStateException("run: the runner is closed");
        }
        if (CurrentLoop.orNull() != null) {
            throw new IllegalStateException(
                    "run inside a running loop: use await(...) in an async body, or runNested(...) where"
                            + " that is not possible");
        }
        loop.enterThread();
        return loop;
    }

    private static <T> T runMain(TaskLoop loop, Task<T> main) {
        boolean hasEnded;
        try {
            hasEnded = loop.runUntil(new Ended(main));
        } catch (Throwable fatal) {
            CancelSweep.internal("shut down: " + UserCode.textOf(fatal)).cancel(main);
            throw Shutdown.becauseOf(fatal, loop);
        }
        if (!hasEnded) {
            throw Traces.deadlock(loop);
        }
        loop.keepLocalsOfMain();
        return main.result();
    }

    private void end(TaskLoop loop, boolean endsLoop) {
        try {
            if (endsLoop || (hasHook && JvmShutdown.isEnding())) {
                shutDown(loop);
            }
        } finally {
            loop.leaveThread();
            if (hasHook) {
                JvmShutdown.unwatch(loop);
            }
        }
    }

    private void shutDown(TaskLoop loop) {
        try {
            Shutdown.run(loop);
        } finally {
            if (stopRecording != null) {
                stopRecording.run();
            }
        }
    }

    /**
     * Cancels every task, waits until each has ended, and closes the loop. Bounded by 10 s of real
     * time; then one report names the tasks that resist. Closing twice has no effect.
     *
     * @throws IllegalStateException on another thread, or while the loop is running
     */
    @Override
    public void close() {
        checkThread("close");
        if (loop == null) {
            poller = null; // nothing has run, so nothing needs to be waited for
        }
        TaskLoop loop = core();
        if (loop.isClosed()) {
            return;
        }
        if (loop.isOpen()) {
            throw new IllegalStateException("close: the loop is running");
        }
        loop.enterThread();
        try {
            shutDown(loop);
        } finally {
            loop.leaveThread();
        }
    }

    private void checkThread(String call) {
        if (CurrentLoop.thread() != thread) {
            throw TaskLoop.foreign(
                    "Runner." + call + " was called on thread " + Thread.currentThread().getName(),
                    "the thread that created the runner, or EventLoop.submit(...)");
        }
    }

    private void checkFresh(String setting) {
        checkThread(setting);
        if (loop != null) {
            throw new IllegalStateException(setting + " must be called before loop() and run(...)");
        }
    }

    /** Holds when nothing can happen at the current time. */
    private record Idle(TaskLoop loop) implements Loop.Condition {
        @Override
        public boolean holds() {
            return loop.isIdleOrInterrupted();
        }
    }

    /** Holds when the main task has ended. */
    private record Ended(Task<?> task) implements Loop.Condition {
        @Override
        public boolean holds() {
            return task.done();
        }
    }
}
