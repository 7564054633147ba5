package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The entry points of a program: {@code import static dev.weft.Weft.*;}
 *
 * <pre>{@code
 * @Async
 * static Coroutine<Integer> total() {
 *     List<Integer> prices = await(gather(price("GOOG"), price("APPL"))); // at the same time
 *     return Coroutine.of(prices.get(0) + prices.get(1));
 * }
 * }</pre>
 *
 * <p>{@link #run} starts a loop on the calling thread. {@link #await} waits, inside an {@link
 * Async} method or a lambda that returns a {@link Coroutine}. The other methods create awaitable
 * operations. All methods belong to the thread of a running loop, except {@code run}, {@code
 * runner}, and those that only create a coroutine: {@code sleep}, {@code timeout}, {@code
 * timeoutOr}, {@code waitUntil}, {@code race}.
 */
@SuppressWarnings("DoNotCallSuggester") // calls of await are compiled away
public final class Weft {
    private Weft() {}

    // ---- running

    /**
     * Runs {@code main} on a new loop of this thread until it has ended. Then cancels all other
     * tasks, waits for their end, and closes the loop.
     *
     * @return the value of {@code main}; its exception is thrown unwrapped
     * @throws IllegalStateException inside a running loop
     */
    public static <T> T run(Coroutine<T> main) {
        return new Runner().runOnce(main);
    }

    /**
     * Runs the coroutine that {@code main} returns when it is called, in the first step of the main
     * task, as {@link #run(Coroutine)}.
     */
    public static <T> T run(AsyncCallable<T> main) {
        return run(Coroutine.from(main));
    }

    /**
     * Runs {@code main} as a task of the current loop, and the loop with it until it has ended. For
     * code that must wait and cannot be compiled, such as a callback of another library. The other
     * tasks continue; the current one waits on the Java stack. Of several nested runs, the last one
     * begun returns first. At most 100 runs can be nested.
     *
     * @throws IllegalStateException outside of a loop, or if too many runs are nested
     */
    public static <T> T runNested(Coroutine<T> main) {
        return NestedRun.run(main);
    }

    /** Returns a runner: for several runs on one loop, and for settings. */
    public static Runner runner() {
        return new Runner();
    }

    // ---- waiting

    /**
     * Waits for {@code awaitable} and returns its value, or throws its exception, the same object.
     * A coroutine runs at once, inside the current task; if it does not suspend, the caller does
     * not suspend either. A result that is already known is returned at once. Otherwise the task
     * suspends, and others run.
     *
     * <p>Cancelling a task that awaits a {@link Deferred} cancels that too, and with it every other
     * task that awaits it; {@link #shield} prevents that.
     *
     * @throws CancelledError if the current task or the awaited operation is cancelled
     * @throws NotInstrumentedException if the calling class was not compiled by Weft
     */
    public static <T> T await(Awaitable<T> awaitable) {
        throw NotInstrumentedException.ofCaller();
    }

    /**
     * Waits as {@link #await(Awaitable)}. {@code mayThrow} only tells javac which checked exception
     * may be thrown, so that a {@code catch} around the call compiles.
     *
     * @throws X if the awaited operation throws it
     */
    public static <T, X extends Exception> T await(Awaitable<T> awaitable, Class<X> mayThrow)
            throws X {
        throw NotInstrumentedException.ofCaller();
    }

    /**
     * Waits for a stage of {@code java.util.concurrent}. A {@code CompletionException} is
     * unwrapped. Cancelling the task cancels the stage. A stage that its owner has cancelled throws
     * {@link CancelledError}.
     */
    public static <T> T await(CompletionStage<T> stage) {
        throw NotInstrumentedException.ofCaller();
    }

    /**
     * Suspends the task for at least {@code delay}. A delay of zero or less lets every other ready
     * task run once; such a coroutine has no state and may be awaited again. A delay that a {@code
     * long} of nanoseconds cannot hold never ends.
     */
    @SuppressWarnings("unchecked")
    public static Coroutine<Void> sleep(Duration delay) {
        long nanos = Sleep.nanos(delay);
        return nanos > 0 ? new Sleep<>(nanos, null) : (Coroutine<Void>) Ready.TURN;
    }

    /** Suspends the task for at least {@code delay}, and then returns {@code result}. */
    public static <T> Coroutine<T> sleep(Duration delay, @Nullable T result) {
        return new Sleep<>(Sleep.nanos(delay), result);
    }

    // ---- several at once

    /**
     * Starts all awaitables at the call, in order. The result is the list of values in the order of
     * the arguments. Coroutines become tasks; an awaitable that occurs twice runs once. The first
     * failure is the failure of the result; the others continue, and their later failures are
     * reported. Cancelling the result cancels all of them, and the result ends when all have ended.
     *
     * @throws IllegalStateException outside of a loop, or if an argument was used before or belongs
     *     to another loop; then nothing is started
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Deferred<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return gather(Arrays.asList(awaitables));
    }

    /**
     * Returns an empty list as a result. Without this method, a call without arguments would be
     * ambiguous.
     */
    public static <T> Deferred<List<T>> gather() {
        return gather(List.of());
    }

    /** Starts all awaitables, as {@link #gather(Awaitable[])}. */
    public static <T> Deferred<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.values(awaitables);
    }

    /** Starts a task for each body, as {@link #gather(Awaitable[])}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Deferred<List<T>> gather(AsyncCallable<? extends T>... bodies) {
        List<Coroutine<? extends T>> coroutines = new ArrayList<>(bodies.length);
        for (AsyncCallable<? extends T> body : bodies) {
            coroutines.add(Coroutine.from(body));
        }
        return gather(coroutines);
    }

    /**
     * Starts all awaitables, as {@link #gather(Awaitable[])}. The result is the list of outcomes. A
     * failure or a cancellation is an outcome too; the result itself does not fail.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Deferred<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return gatherOutcomes(Arrays.asList(awaitables));
    }

    /** Starts all awaitables, as {@link #gatherOutcomes(Awaitable[])}. */
    public static <T> Deferred<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.outcomes(awaitables);
    }

    /**
     * Waits until {@code condition} holds for {@code results}. Cancels nothing.
     *
     * @throws IllegalArgumentException at the call, if there are none
     */
    public static <T> Coroutine<WaitResult<T>> waitUntil(
            ReturnWhen condition, Collection<? extends Deferred<? extends T>> results) {
        return MultiWait.of(condition, null, results);
    }

    /**
     * Waits until {@code condition} holds for {@code results}, but not longer than {@code limit}.
     * Cancels nothing.
     *
     * @throws IllegalArgumentException at the call, if there are none
     */
    public static <T> Coroutine<WaitResult<T>> waitUntil(
            ReturnWhen condition,
            Duration limit,
            Collection<? extends Deferred<? extends T>> results) {
        if (limit == null) {
            throw new NullPointerException("limit");
        }
        return MultiWait.of(condition, limit, results);
    }

    /**
     * Starts all awaitables at the call. The iterator returns the results one by one, in the order
     * in which they end.
     *
     * @throws IllegalStateException as {@link #gather(Awaitable[])}
     */
    public static <T> AsyncIterator<Deferred<T>> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Completions.of(awaitables);
    }

    /**
     * Starts a task for each body in the first step, and has the first value. The other tasks are
     * then cancelled, and the race ends when all have ended. If all fail, the first failure is
     * thrown, with the others suppressed in it in the order in which they occurred. Failures before
     * the first value are dropped; the failure of a clean-up after it is reported.
     *
     * <p>Cancelling the race cancels all tasks. The failure of a clean-up then wins over the
     * cancellation.
     *
     * @throws IllegalArgumentException at the call, if there are no bodies
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Coroutine<T> race(AsyncCallable<T>... bodies) {
        return Race.of(bodies);
    }

    // ---- limits

    /**
     * Runs {@code awaitable} in the current task, and cancels it when {@code limit} has passed
     * since the first step. Waits until it has really ended. A value is returned, even if it comes
     * after the expiry.
     *
     * @throws TimeoutException when awaited, if the expiry has cancelled the operation; the
     *     cancellation is the cause
     */
    public static <T> Coroutine<T> timeout(Duration limit, Awaitable<T> awaitable)
            throws TimeoutException {
        return Timeout.of(limit, awaitable);
    }

    /** Calls {@code body} in the first step and limits its time, as {@link #timeout}. */
    public static <T> Coroutine<T> timeout(Duration limit, AsyncCallable<T> body)
            throws TimeoutException {
        return Timeout.of(limit, Coroutine.from(body));
    }

    /**
     * Limits the time of {@code awaitable}, as {@link #timeout(Duration, Awaitable)}, but returns
     * {@code fallback} when the expiry has cancelled the operation. A {@code TimeoutException} of
     * the operation itself is thrown.
     */
    public static <T> Coroutine<T> timeoutOr(
            Duration limit, Awaitable<T> awaitable, @Nullable T fallback) {
        return Timeout.of(limit, awaitable, fallback);
    }

    /**
     * Returns a view of {@code awaitable} that can be cancelled on its own: cancelling the view
     * does not cancel {@code awaitable}. A coroutine becomes a task. A failure after the view was
     * cancelled is reported.
     *
     * @throws IllegalStateException as {@link #gather(Awaitable[])}
     */
    public static <T> Deferred<T> shield(Awaitable<T> awaitable) {
        return Shield.of(awaitable);
    }

    /** Starts a task that calls {@code body}, and returns a view, as {@link #shield(Awaitable)}. */
    public static <T> Deferred<T> shield(AsyncCallable<T> body) {
        return Shield.of(Coroutine.from(body));
    }

    // ---- closing

    /**
     * Returns {@code resource} for a try-with-resources statement, which closes it and waits for
     * that, however the statement ends.
     *
     * <pre>{@code
     * try (Closing<Feed> feed = closing(await(open("GOOG")))) {
     *     log.add(await(feed.get().read()));
     * } // awaits feed.closeAsync()
     * }</pre>
     */
    public static <T extends AsyncCloseable> Closing<T> closing(T resource) {
        return new Closing<>(resource);
    }

    // ---- blocking work

    /**
     * Calls {@code work} on another thread, so that it may block: a virtual thread where the JVM
     * has them, otherwise one of at most 32. Cancelling the result interrupts that thread; the
     * result ends, cancelled, when the thread has left the work, so that a resource is not used
     * again too early. The exception that the interrupt caused is the cause of the cancellation.
     *
     * @throws IllegalStateException outside of a loop
     * @throws java.util.concurrent.RejectedExecutionException if the executor of the {@link Runner}
     *     refuses
     */
    public static <T> Deferred<T> blocking(Callable<T> work) {
        return BlockingCall.start(work, TaskLoop.ofThread().executor(), false);
    }

    /** Runs {@code work} on another thread, as {@link #blocking(Callable)}. */
    public static Deferred<Void> blocking(BlockingRunnable work) {
        return BlockingCall.start(
                BlockingCall.callable(work), TaskLoop.ofThread().executor(), false);
    }

    /**
     * Calls {@code work} on another thread, as {@link #blocking(Callable)}, but the result of a
     * cancelled call ends at once. The thread is interrupted and may work on; its value is dropped,
     * and its failure is reported.
     */
    public static <T> Deferred<T> abandonable(Callable<T> work) {
        return BlockingCall.start(work, TaskLoop.ofThread().executor(), true);
    }

    // ---- seeing

    /**
     * Returns a text about all loops of this JVM: the tree of their tasks, what each waits for and
     * where, and deadlocks. Any thread, also a loop's own. Of a loop with more than 1,000 tasks,
     * the oldest are shown one by one and all are counted by what they do. Takes up to a second: a
     * loop that does not answer by then is stuck, and is shown with the stack of its thread.
     */
    public static String dump() {
        return Dump.of(EventLoop.all());
    }
}
