package dev.weft;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a program begins with: {@code import static dev.weft.Weft.*;}
 *
 * <pre>{@code
 * @Async
 * static Coroutine<Integer> total() {
 *     List<Integer> prices = await(gather(price("GOOG"), price("APPL"))); // at the same time
 *     return Coroutine.of(prices.get(0) + prices.get(1));
 * }
 * }</pre>
 *
 * <p>{@link #run} starts a loop on the calling thread; {@link #await} waits inside an {@link Async}
 * method or a lambda that returns a {@link Coroutine}; the others make things to wait for. All of
 * them belong to the thread of a running loop, except {@code run}, {@code runner} and {@code
 * sleep}.
 */
@SuppressWarnings("DoNotCallSuggester") // the awaits are there to be called, and compiled away
public final class Weft {
    private Weft() {}

    /**
     * Runs {@code main} on a new loop of this thread until it has ended; then cancels what is left,
     * waits for its end, and closes the loop.
     *
     * @return what {@code main} gives; what it throws is thrown as it is
     * @throws IllegalStateException inside a running loop
     */
    public static <T> T run(Coroutine<T> main) {
        return new Runner().runOnce(main);
    }

    /**
     * As {@link #run(Coroutine)} with what {@code main} gives when it is called, in the first step
     * of the main task.
     */
    public static <T> T run(AsyncCallable<T> main) {
        return run(Coroutine.from(main));
    }

    /**
     * Runs {@code main} as a task of the current loop and pumps the loop until it has ended: for
     * code that must wait and cannot be compiled, such as a callback of somebody else's library.
     * The other tasks go on; the current one waits on the Java stack. Of several nested runs the
     * last one begun returns first.
     *
     * @throws IllegalStateException outside a loop
     */
    public static <T> T runNested(Coroutine<T> main) {
        return Nested.run(main);
    }

    /** A runner, for several runs on one loop and for settings. */
    public static Runner runner() {
        return new Runner();
    }

    /**
     * Waits for {@code awaitable} and gives its value, or throws what it throws, the same object. A
     * coroutine runs inside the current task, at once; if it does not suspend, neither does the
     * caller. Something done is taken at once. Otherwise the task suspends and others run.
     *
     * <p>Cancelling a task that waits for a {@link Deferred} cancels that too, and so all who wait
     * for it: see {@link #shield}.
     *
     * @throws CancelledError if the current task, or what it waits for, is cancelled
     * @throws NotInstrumentedException if the class was not compiled by Weft
     */
    public static <T> T await(Awaitable<T> awaitable) {
        throw Uncompiled.await();
    }

    /**
     * As {@link #await(Awaitable)}; tells javac which checked exception may come, and does nothing
     * else.
     *
     * @throws X if the awaited thing throws it
     */
    public static <T, X extends Exception> T await(Awaitable<T> awaitable, Class<X> mayThrow)
            throws X {
        throw Uncompiled.await();
    }

    /**
     * Waits for a stage of {@code java.util.concurrent}. A {@code CompletionException} is
     * unwrapped; cancelling the task cancels the stage, and a stage that its owner has cancelled
     * gives {@link CancelledError}.
     */
    public static <T> T await(CompletionStage<T> stage) {
        throw Uncompiled.await();
    }

    /**
     * Suspends the task for {@code delay} at least. Zero and less is one turn for everybody else;
     * such a coroutine has no state and may be awaited again. A delay that nanoseconds in a {@code
     * long} cannot hold never ends.
     */
    @SuppressWarnings("unchecked")
    public static Coroutine<Void> sleep(Duration delay) {
        long nanos = Sleep.nanos(delay);
        return nanos > 0 ? new Sleep<>(nanos, null) : (Coroutine<Void>) Ready.TURN;
    }

    /** As {@link #sleep(Duration)}, and gives {@code result}. */
    public static <T> Coroutine<T> sleep(Duration delay, @Nullable T result) {
        return new Sleep<>(Sleep.nanos(delay), result);
    }

    /**
     * Starts everything at once, in order, and gives the values in the order of the arguments.
     * Coroutines become tasks; the same awaitable twice runs once. The first failure completes it;
     * the others go on, and later failures are reported. Cancelling it cancels all and completes
     * when all have ended.
     *
     * @throws IllegalStateException outside a loop, or if one of them was used before or belongs to
     *     another loop; nothing is started then
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Deferred<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return gather(Arrays.asList(awaitables));
    }

    /** As {@link #gather(Awaitable[])}. */
    public static <T> Deferred<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.values(awaitables);
    }

    /**
     * As {@link #gather(Awaitable[])}, but failures and cancellations are results like others, and
     * it never fails by them.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Deferred<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return gatherOutcomes(Arrays.asList(awaitables));
    }

    /** As {@link #gatherOutcomes(Awaitable[])}. */
    public static <T> Deferred<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.outcomes(awaitables);
    }

    /**
     * Runs {@code awaitable} in the current task, and cancels it when {@code limit} is over,
     * counted from the first step. Waits until it has really ended.
     *
     * @return its value, also one that it gives after the expiry
     * @throws TimeoutException when awaited, if it was cancelled by the expiry; the cancellation is
     *     the cause
     */
    public static <T> Coroutine<T> timeout(Duration limit, Awaitable<T> awaitable)
            throws TimeoutException {
        if (limit == null) {
            throw new NullPointerException("limit");
        }
        return Timeout.of(limit, Gather.notNull(awaitable));
    }

    /**
     * What {@code awaitable} comes to, whatever happens to those who wait for this: cancelling it
     * does not cancel {@code awaitable}. A coroutine becomes a task.
     *
     * @throws IllegalStateException as {@link #gather(Awaitable[])}
     */
    public static <T> Deferred<T> shield(Awaitable<T> awaitable) {
        return Shield.of(awaitable);
    }

    /**
     * Waits until {@code what} holds for {@code them}. Cancels none of them.
     *
     * @throws IllegalArgumentException at the call, if there are none
     */
    public static <T> Coroutine<WaitResult<T>> waitUntil(
            ReturnWhen what, Collection<? extends Deferred<? extends T>> them) {
        return MultiWait.of(what, null, them);
    }

    /** As {@link #waitUntil(ReturnWhen, Collection)}, but for {@code limit} at the most. */
    public static <T> Coroutine<WaitResult<T>> waitUntil(
            ReturnWhen what, Duration limit, Collection<? extends Deferred<? extends T>> them) {
        if (limit == null) {
            throw new NullPointerException("limit");
        }
        return MultiWait.of(what, limit, them);
    }

    /**
     * Starts everything at once, and gives the results one by one in the order in which they are
     * done.
     *
     * @throws IllegalStateException as {@link #gather(Awaitable[])}
     */
    public static <T> AsyncIterator<Deferred<T>> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Completions.of(awaitables);
    }

    /**
     * Calls {@code work} on another thread, a virtual one where the JVM has them, so that it may
     * block. Cancelling the result interrupts that thread; the result is cancelled at once.
     *
     * @throws IllegalStateException outside a loop
     * @throws java.util.concurrent.RejectedExecutionException if the executor that was given to the
     *     {@link Runner} refuses it
     */
    public static <T> Deferred<T> blocking(Callable<T> work) {
        if (work == null) {
            throw new NullPointerException("work");
        }
        return EventLoop.current().offLoop().run(work);
    }
}
