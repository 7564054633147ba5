package dev.weft;

import dev.weft.internal.loop.Shuffle;
import dev.weft.internal.time.Clock;
import dev.weft.io.Poller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    final TaskLoop core;

    EventLoop(
            Clock clock, boolean isDebug, @Nullable Executor executor, @Nullable Shuffle shuffle) {
        core = new TaskLoop(this, clock, isDebug, executor, shuffle);
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
}
