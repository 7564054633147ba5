package dev.weft;

import dev.weft.internal.loop.LoopQuestion;
import dev.weft.internal.loop.LoopRegistry;
import dev.weft.internal.loop.Observation;
import dev.weft.internal.loop.Shuffle;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.Tools;
import dev.weft.internal.report.UserCode;
import dev.weft.internal.time.Clock;
import dev.weft.io.Poller;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.LoopSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one thread's ready tasks and callbacks, and the only place where they run.
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
 * <p>The loop works in iterations: sleep if nothing is ready; append what other threads handed in,
 * then the timers that are due; run exactly the callbacks and steps that are ready now. What they
 * schedule runs in the next iteration.
 *
 * <p>All methods belong to the loop's thread, which is the thread that created its {@link Runner},
 * except {@link #execute} and {@link #submit}. A call from another thread throws {@code
 * IllegalStateException}.
 */
public class EventLoop implements Executor {
    /** Called for new loops; see {@link #onOpen}. */
    private static final List<Listening> LISTENERS = new CopyOnWriteArrayList<>();

    final TaskLoop core;

    EventLoop(
            Clock clock, boolean isDebug, @Nullable Executor executor, @Nullable Shuffle shuffle) {
        Tools.startOnce();
        Tools.lookAtRecordings();
        core = new TaskLoop(this, clock, isDebug, executor, shuffle);
        for (Listening listener : registered(core)) {
            tell(listener);
        }
    }

    /**
     * Returns the loop that runs on this thread.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static EventLoop current() {
        return TaskLoop.ofThread().face;
    }

    /**
     * Runs {@code callback} in the next iteration, after everything that was scheduled before.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public Handle callSoon(Runnable callback) {
        core.checkOpen("callSoon");
        return Callback.soon(core, callback);
    }

    /**
     * Runs {@code callback} after {@code delay}, never earlier. Callbacks with equal deadlines run
     * in the order of the calls.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public Handle callLater(Duration delay, Runnable callback) {
        core.checkOpen("callLater");
        return Callback.at(core.deadline(Sleep.nanos(delay)), core, callback);
    }

    /**
     * Runs {@code callback} when {@link #time} has reached {@code nanos}.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public Handle callAt(long nanos, Runnable callback) {
        core.checkOpen("callAt");
        return Callback.at(nanos, core, callback);
    }

    /**
     * Returns the time of the loop in nanoseconds. The time is monotonic and has an arbitrary
     * origin.
     */
    public long time() {
        core.checkThread("time");
        return core.now();
    }

    /**
     * Runs {@code callback} on the loop. Any thread; on the loop's own thread this is {@link
     * #callSoon}. Actions before the call happen before the callback.
     *
     * @throws RejectedExecutionException if the loop is closed; otherwise the callback runs
     */
    @Override
    public void execute(Runnable callback) {
        if (core.isOwnThread() && !core.isClosed()) {
            callSoon(callback);
        } else {
            Callback.handIn(core, callback);
        }
    }

    /**
     * Runs {@code body} as a task of its own. Any thread. Cancelling the future cancels the task. A
     * loop that ends cancels the task, perhaps before its first step, and with it the future.
     *
     * @throws RejectedExecutionException if the loop is closed
     */
    public <T> CompletableFuture<T> submit(AsyncCallable<T> body) {
        return FutureView.submit(core, body);
    }

    /**
     * Returns the poller of this loop: the place where it waits. While the loop has none but the
     * default, which parks the thread, calls {@code factory} and waits in its result from then on.
     * The loop closes the poller at its end.
     *
     * @throws IllegalStateException if the loop waits in a poller of another type: the message
     *     names both; also on another thread, or if the loop is closed
     */
    public <P extends Poller> P poller(
            Class<P> type, Function<? super EventLoop, ? extends P> factory) {
        core.checkOpen("poller");
        return core.poller(type, factory);
    }

    /**
     * Sends failures that no code can see otherwise to {@code handler}, on the loop's thread. Null
     * restores the default, which logs them.
     */
    public void exceptionHandler(@Nullable Consumer<? super Unhandled> handler) {
        core.checkThread("exceptionHandler");
        core.failures.handler(handler);
    }

    // ---- what the loop does

    /** The tasks that {@link #snapshot()} describes one by one. */
    private static final int TASKS_DESCRIBED = 10_000;

    /**
     * Returns the loops of this JVM that are not closed, in the order of creation. Any thread. A
     * loop that the program has dropped may be missing.
     */
    public static List<EventLoop> all() {
        return LoopRegistry.all().stream().map(loop -> ((TaskLoop) loop).face).toList();
    }

    /**
     * Calls {@code listener} for each loop of this JVM: for those that are open in their next
     * iteration, for a new one before it runs anything. Always on the thread of the loop, which so
     * can be given an observer. Any thread. An exception of the listener is logged.
     *
     * @return ends the calls when it is cancelled, on any thread
     */
    public static Handle onOpen(Consumer<? super EventLoop> listener) {
        if (listener == null) {
            throw new NullPointerException("listener");
        }
        Listening listening = new Listening(listener);
        List<EventLoop> open;
        synchronized (LISTENERS) { // a loop is either open now or new later
            LISTENERS.add(listening);
            open = all();
        }
        for (EventLoop loop : open) {
            try {
                loop.execute(() -> loop.tell(listening));
            } catch (RejectedExecutionException closed) {
                // nothing happens there any more
            }
        }
        return Listening.asHandle(listening);
    }

    /** A listener for new loops. */
    private static final class Listening implements Handle {
        private final Consumer<? super EventLoop> listener;

        private Listening(Consumer<? super EventLoop> listener) {
            this.listener = listener;
        }

        /** Casts here, so that a loop can be verified without loading this type. */
        static Handle asHandle(Listening listening) {
            return listening;
        }

        @Override
        public void cancel() {
            LISTENERS.remove(this);
        }

        @Override
        public boolean cancelled() {
            return !LISTENERS.contains(this);
        }
    }

    /** Registers a loop. Returns those who are to hear of that. */
    private static List<Listening> registered(TaskLoop loop) {
        synchronized (LISTENERS) {
            LoopRegistry.add(loop);
            return List.copyOf(LISTENERS);
        }
    }

    private void tell(Listening listening) {
        if (listening.cancelled()) {
            return;
        }
        try {
            UserCode.accept(listening.listener, this);
        } catch (Throwable failure) {
            Log.warning("a listener for new event loops failed", failure);
        }
    }

    /** Returns the thread of this loop. Any thread. */
    public Thread thread() {
        return core.thread;
    }

    /**
     * Lets {@code observer} hear of what this loop does, until the handle is cancelled. Of the
     * steps, the one that runs now is left out. Each event costs the loop some ten nanoseconds, and
     * what the observer takes.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public Handle observe(LoopObserver observer) {
        core.checkOpen("observe");
        return Observing.of(core, observer);
    }

    /**
     * Returns the tasks of this loop as they are now, the oldest 10,000 one by one. Takes about a
     * microsecond a task, in which nothing else runs; {@link #inspect} does not stop the loop.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public LoopSnapshot snapshot() {
        core.checkOpen("snapshot");
        return new Inspection(core, LoopQuestion.Wanted.oldest(TASKS_DESCRIBED)).run();
    }

    /**
     * Returns the tasks of this loop, as {@link #snapshot()}, from any thread. The loop visits them
     * in slices of 5 ms, between which other tasks run; a task that ends meanwhile may be missing.
     * The future is completed by a thread of the common pool, and cancelled if the loop closes
     * before.
     *
     * @param tasks the largest number of tasks to describe one by one
     * @throws RejectedExecutionException if the loop is closed
     */
    public CompletableFuture<LoopSnapshot> inspect(int tasks) {
        Inspection inspection = new Inspection(core, LoopQuestion.Wanted.oldest(tasks));
        inspection.ask();
        return inspection.result();
    }

    /** An observer of a loop. */
    private static final class Observing implements Handle {
        private final TaskLoop loop;
        private final Observation.Hearing hearing;
        private boolean isCancelled;

        /** Creates the handle here, as {@link Listening#of} does. */
        static Handle of(TaskLoop loop, LoopObserver observer) {
            return new Observing(loop, observer);
        }

        private Observing(TaskLoop loop, LoopObserver observer) {
            if (observer == null) {
                throw new NullPointerException("observer");
            }
            this.loop = loop;
            this.hearing = loop.observe(observer);
        }

        @Override
        public void cancel() {
            loop.checkThread("Handle.cancel");
            if (!isCancelled) {
                isCancelled = true;
                loop.unobserve(hearing);
            }
        }

        @Override
        public boolean cancelled() {
            return isCancelled;
        }
    }
}
