package dev.weft;

import dev.weft.internal.time.Clock;
import dev.weft.internal.time.SystemClock;
import dev.weft.internal.time.VirtualClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one coroutine after the other on one loop, of which the thread that made the runner is the
 * thread. Tasks, timers and task-local values go on from run to run; {@link #close} ends them.
 *
 * <pre>{@code
 * try (Runner runner = Weft.runner().virtualTime()) {
 *     log.add(runner.run(reply()));
 *     runner.run(sleep(ofDays(1))); // the same loop again; this takes no time
 *     log.add("after " + runner.loop().time() / 1_000_000_000 + " s");
 * }
 * }</pre>
 *
 * The settings must be made before the first call of {@link #loop} or {@code run}.
 */
public final class Runner implements AutoCloseable {
    /**
     * A wake-up may be late by this much, so that one serves many timers; see the measurements in
     * runtime/README.md.
     */
    private static final long DEFAULT_SLACK = 1_000_000;

    private final Thread thread = Thread.currentThread();
    private boolean debug = Boolean.getBoolean("weft.debug");
    private boolean virtual;
    private boolean once;
    private long slack = DEFAULT_SLACK;
    private @Nullable ExecutorService executor;
    private @Nullable Consumer<? super Unhandled> handler;
    private @Nullable Shuffle shuffle;
    private @Nullable EventLoop loop;

    Runner() {}

    /** Turns debug mode on or off: slow steps, stuck loops and forgotten coroutines are logged. */
    public Runner debug(boolean on) {
        checkFresh("debug");
        debug = on;
        return this;
    }

    /**
     * Lets the clock stand still while anything can run, and jump to the next timer when nothing
     * can; it begins at 0. As long as something outside of the loop is awaited, such as {@link
     * Weft#blocking} work or a {@code CompletionStage}, it stands still too, and no timer fires.
     */
    public Runner virtualTime() {
        checkFresh("virtualTime");
        virtual = true;
        return this;
    }

    /**
     * Runs what is ready within one iteration of the loop in an order that {@code seed} decides,
     * instead of first come, first served: for tests of code that must not depend on that order.
     * Everything else stays: what is scheduled meanwhile runs in the next iteration, timers are
     * never early, and whoever waits longest at a lock, a queue or another primitive is served
     * first.
     *
     * <p>One seed gives one order, as long as everything comes from the loop's own thread: together
     * with {@link #virtualTime}, a failure can be repeated by its seed.
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
     * Runs {@link Weft#blocking} work on {@code executor}, which stays the caller's to shut down.
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
     * Lets the loop sleep up to {@code slack} after a deadline to serve several timers at once,
     * where there are several; never early. One millisecond unless set. The order of timers is
     * exact whatever it is.
     *
     * @throws IllegalArgumentException if it is negative
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
     * Sends failures that nobody else hears of to {@code handler}; null restores the default, which
     * logs them.
     */
    public Runner exceptionHandler(@Nullable Consumer<? super Unhandled> handler) {
        checkThread("exceptionHandler");
        this.handler = handler;
        if (loop != null) {
            loop.exceptionHandler(handler);
        }
        return this;
    }

    /** Its loop. What other threads execute on it before the first run runs then. */
    public EventLoop loop() {
        EventLoop made = loop;
        if (made == null) {
            checkThread("loop");
            Clock clock = virtual ? new VirtualClock() : new SystemClock(slack);
            made = new EventLoop(clock, debug, executor);
            made.exceptionHandler(handler);
            made.shuffle = shuffle;
            loop = made;
            if (debug) {
                Origin.loopOpens();
            }
        }
        return made;
    }

    /**
     * Runs the loop until {@code main} has ended, and gives its value. Nothing else is ended by
     * that.
     *
     * @throws IllegalStateException inside a running loop, on another thread, or when the runner is
     *     closed; in virtual time also when nothing can run any more: the message names every
     *     suspended task
     * @throws CancelledError if it was cancelled; whatever it throws comes out as it is
     */
    public <T> T run(Coroutine<T> main) {
        if (main == null) {
            throw new NullPointerException("main");
        }
        EventLoop loop = begin();
        try {
            Task<T> task = loop.createTask(null, main);
            loop.main = task;
            return finish(loop, task);
        } finally {
            loop.main = null;
            end(loop);
        }
    }

    private void end(EventLoop loop) {
        try {
            if (once || Interrupts.ending()) {
                Shutdown.run(loop);
            }
        } finally {
            Interrupts.unwatch(loop);
            loop.leaveThread();
        }
    }

    /** One run, and the end. */
    <T> T runOnce(Coroutine<T> main) {
        once = true;
        return run(main);
    }

    /** Runs what {@code main} gives when it is called, in the first step of the main task. */
    public <T> T run(AsyncCallable<T> main) {
        return run(Coroutine.from(main));
    }

    private EventLoop begin() {
        checkThread("run");
        EventLoop loop = loop();
        if (loop.isClosed()) {
            throw new IllegalStateException("run: the runner is closed");
        }
        if (EventLoop.currentOrNull() != null) {
            throw new IllegalStateException(
                    "run inside a running loop: use await(...) in an async body, or runNested(...) where that is not possible");
        }
        loop.enterThread();
        Interrupts.watch(loop);
        return loop;
    }

    private static <T> T finish(EventLoop loop, Task<T> main) {
        boolean ended;
        try {
            ended = loop.runUntil(new Nested.Ended(main));
        } catch (Throwable fatal) {
            main.stop("shut down: " + Thrown.text(fatal));
            throw Shutdown.because(fatal, loop);
        }
        if (!ended) {
            throw Traces.stuck(loop);
        }
        loop.context(main.context());
        return main.result();
    }

    /**
     * Cancels every task, waits until each has ended, and closes the loop. Bounded by 10 s of real
     * time; then one report names who resists. Closing twice is harmless.
     */
    @Override
    public void close() {
        checkThread("close");
        EventLoop loop = loop();
        if (loop.isClosed()) {
            return;
        }
        if (loop.isOpen()) {
            throw new IllegalStateException("close: the loop is running");
        }
        loop.enterThread();
        try {
            Shutdown.run(loop);
        } finally {
            loop.leaveThread();
        }
    }

    private void checkThread(String call) {
        if (Thread.currentThread() != thread) {
            throw EventLoop.foreign(
                    "Runner." + call + " was called on thread " + Thread.currentThread().getName(),
                    "the thread that made the runner, or EventLoop.submit(...)");
        }
    }

    private void checkFresh(String setting) {
        checkThread(setting);
        if (loop != null) {
            throw new IllegalStateException(setting + " must be called before loop() and run(...)");
        }
    }
}
