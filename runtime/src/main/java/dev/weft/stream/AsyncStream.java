package dev.weft.stream;

import dev.weft.AsyncCloseable;
import dev.weft.AsyncFunction;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.NotInstrumentedException;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of elements that may have to be waited for. An {@link dev.weft.Async} method that
 * returns a stream is a generator: its body runs from {@link #emit} to {@code emit}, in the task
 * that asks for an element.
 *
 * <pre>{@code
 * @Async
 * static AsyncStream<Integer> countdown(int from) {
 *     for (int i = from; i > 0; i--) {
 *         emit(i); // suspends until the next element is asked for
 *         await(sleep(ofSeconds(1)));
 *     }
 *     return AsyncStream.end();
 * }
 *
 * @Async
 * Coroutine<Void> print() {
 *     try (Closing<AsyncStream<Integer>> seconds = closing(countdown(3))) {
 *         while (await(seconds.get().hasNext())) {
 *             log.add("T-" + seconds.get().next());
 *         }
 *     }
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>The rules for tasks, loops and closing are those of {@link dev.weft.stream the package}. A
 * stream is used once: a second operator or end, and any use beside one, is refused with an {@code
 * IllegalStateException}. An operator or end owns and closes the stream that it is called on. A
 * function that throws ends the stream with that very exception, after it was closed. Elements are
 * never null.
 *
 * @param <T> the elements
 */
public abstract class AsyncStream<T> implements AsyncIterator<T>, AsyncCloseable {
    static final AsyncStream<?> END = on(Empty.shared());

    private final Source<T> source;

    /** True if an operator or an end owns the source. */
    private boolean isOwned;

    private AsyncStream(Source<T> source) {
        this.source = source;
    }

    /** The only kind of stream. The class above is abstract so that no program makes others. */
    private static final class Of<T> extends AsyncStream<T> {
        Of(Source<T> source) {
            super(source);
        }
    }

    static <T> AsyncStream<T> on(Source<T> source) {
        return new Of<>(source);
    }

    /** Returns the source for a call by a task. */
    final Source<T> own(String call) {
        if (isOwned) {
            throw new IllegalStateException(
                    call
                            + ": the stream belongs to an operator or an end that was called on it;"
                            + " use the result of that call");
        }
        return source;
    }

    /** Returns the source for an operator or an end, which owns it from now on. */
    final Source<T> take(String call) {
        Source<T> taken = own(call);
        isOwned = this != END; // which all loops share
        return taken;
    }

    /** Returns the sources for a call with several streams, which owns all of them or none. */
    @SuppressWarnings("unchecked") // of all streams, without their types
    static <T> List<Source<T>> takeAll(String call, AsyncStream<? extends T>... streams) {
        List<Source<T>> taken = new ArrayList<>(streams.length);
        try {
            for (AsyncStream<? extends T> stream : streams) {
                notNull(stream, "streams[" + taken.size() + "]");
                taken.add((Source<T>) stream.take(call));
            }
        } catch (RuntimeException refusal) {
            for (int i = 0; i < taken.size(); i++) {
                streams[i].isOwned = false;
            }
            throw refusal;
        }
        return taken;
    }

    // ---- generators

    /** Returns what a generator returns at its end; as a stream it has no elements. */
    @SuppressWarnings("unchecked") // it has no elements
    public static <T> AsyncStream<T> end() {
        return (AsyncStream<T>) END;
    }

    /**
     * Gives an element to who asks for one, and suspends the generator until the next one is asked
     * for. May be called in a generator only: in an {@link dev.weft.Async} method or a lambda that
     * returns a stream. Where the stream is closed instead of asked, the {@code finally} blocks
     * around this call run; they may await.
     *
     * @throws NullPointerException if {@code value} is null
     * @throws IllegalStateException if the stream is being closed
     * @throws NotInstrumentedException if the calling class was not compiled by Weft
     */
    @SuppressWarnings("DoNotCallSuggester") // calls are compiled away
    public static <T> void emit(T value) {
        throw Source.notCompiled();
    }

    // ---- reading

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when awaited, if another {@code hasNext} or a close is pending
     */
    @Override
    public Coroutine<Boolean> hasNext() {
        return own("hasNext()").askingFor(this);
    }

    @Override
    public T next() {
        return own("next()").next();
    }

    /**
     * Closes this stream: the {@code finally} blocks of generators run, tasks of operators are
     * cancelled and awaited. Afterwards {@link #hasNext} is false. Closing a stream that has not
     * begun runs nothing.
     *
     * @throws IllegalStateException when awaited, if a {@code hasNext} or another close is pending
     */
    @Override
    public Coroutine<Void> closeAsync() {
        return own("closeAsync()").closingFor(this);
    }

    // ---- sources

    /**
     * Returns a stream of the arguments, which are there at once.
     *
     * <pre>
     * of  (123|)     1, 2, 3
     * </pre>
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public static <T> AsyncStream<T> of(T... values) {
        notNull(values, "values");
        T[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            notNull(copy[i], "values[" + i + "]");
        }
        return on(new Sources.Values<>(copy));
    }

    /**
     * Returns a stream of the elements of an iterable, which are there at once. Its iterator is
     * created when the first element is asked for.
     *
     * <pre>
     * from  (123|)     List.of(1, 2, 3)
     * </pre>
     */
    public static <T> AsyncStream<T> from(Iterable<? extends T> values) {
        notNull(values, "values");
        return on(new Sources.Iterated<>(values));
    }

    /**
     * Returns a stream that takes the items of a queue. The stream ends when the queue is shut down
     * and empty. A cancelled ask loses no item. The queue is not asked ahead, and closing the
     * stream does not change the queue.
     *
     * <pre>
     * queue  -1--2--|
     * from   -1--2--|     queue
     * </pre>
     */
    public static <T> AsyncStream<T> from(AsyncQueue<? extends T> queue) {
        notNull(queue, "queue");
        return on(new Sources.Queued<>(queue));
    }

    /**
     * Returns a stream of the elements of a publisher. Subscribes when the first element is asked
     * for. Requests {@code ahead} elements then, and one more for each element that is taken.
     *
     * <pre>
     * publisher  1--2--|
     * from       1--2--|     publisher, 2
     * </pre>
     *
     * <p>Signals may come from any thread. A failure comes after the elements before it. Closing
     * the stream, and a failure, cancel the subscription; later signals are dropped. More elements
     * than were requested, and a subscription that throws, are failures. In virtual time the clock
     * stands still while an element is awaited, unless the publisher is one that {@link
     * #toPublisher} has made for the same loop.
     *
     * @throws IllegalArgumentException if {@code ahead} is not positive
     */
    public static <T> AsyncStream<T> from(Flow.Publisher<? extends T> publisher, int ahead) {
        notNull(publisher, "publisher");
        positive(ahead, "ahead");
        return on(new FromPublisher<>(publisher, ahead));
    }

    /**
     * Returns a stream that counts the periods since the first ask, and never ends: 0 after one
     * period, then 1, and so on, without drift. Ticks that pass while no element is asked for are
     * skipped, as the next number shows.
     *
     * <pre>
     * ticks  ---0--1--2     ofSeconds(3)
     * </pre>
     *
     * @throws IllegalArgumentException if {@code period} is not positive
     */
    public static AsyncStream<Long> ticks(Duration period) {
        positive(period, "period");
        return on(new Sources.Ticks(period));
    }

    /**
     * Returns a stream of the elements of several streams, one stream after another. A failure
     * closes the streams that have not ended.
     *
     * <pre>
     * a       1--2--|
     * b             --3--|
     * concat  1--2----3--|     a, b
     * </pre>
     *
     * @throws IllegalStateException if a stream is used already or occurs twice; then none of them
     *     is used by this call
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> AsyncStream<T> concat(AsyncStream<? extends T>... streams) {
        notNull(streams, "streams");
        Source<Source<T>> sources = new Sources.Owned<>(takeAll("concat", streams));
        return on(new Awaiting.Flattened<>(sources, Function.identity()));
    }

    /**
     * Returns a stream of the elements of several streams, which run at the same time, in tasks of
     * their own. The elements are given in the order in which they come, and so is a failure. It
     * closes the other streams. The end is that of the last stream.
     *
     * <pre>
     * a      1--2--|
     * b      -3------4|
     * merge  13-2----4|     a, b
     * </pre>
     *
     * <p>Each stream runs at most one element ahead: it is asked again when its element was taken.
     * Of elements that are there at once, that of the first argument comes first.
     *
     * @throws IllegalStateException if a stream is used already or occurs twice; then none of them
     *     is used by this call
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> AsyncStream<T> merge(AsyncStream<? extends T>... streams) {
        notNull(streams, "streams");
        return on(new Merged.Known<>(takeAll("merge", streams)));
    }

    /**
     * Returns a stream of the results of a function of two elements, one from each stream. Both
     * streams are asked at the same time, in tasks of their own. The shorter one decides the end,
     * and the other one is closed then.
     *
     * <pre>
     * a    1---2-|
     * b    -3-4-5!
     * zip  -4--6-|     a, b, (x, y) -&gt; x + y
     * </pre>
     *
     * <p>Each stream runs at most one element ahead: both are asked again when a pair was taken. A
     * failure comes at once, without an element of the other stream. At an instant at which one
     * stream ends and the other one fails, the failure wins. A result that is null is a failure, a
     * {@code NullPointerException}.
     *
     * @throws IllegalStateException if a stream is used already or both are the same; then none of
     *     them is used by this call
     */
    public static <A, B, R> AsyncStream<R> zip(
            AsyncStream<A> a, AsyncStream<B> b, BiFunction<? super A, ? super B, ? extends R> f) {
        notNull(a, "a");
        notNull(b, "b");
        notNull(f, "f");
        b.own("zip"); // before a is taken
        if (a == b && a != END) {
            throw new IllegalStateException("zip: a stream cannot be paired with itself");
        }
        return on(new Zipped<>(a.take("zip"), b.take("zip"), f));
    }

    // ---- operators

    /**
     * Replaces each element by the result of a function.
     *
     * <pre>
     * this  1--2--3--|
     * map   2--4--6--|     x -&gt; 2 * x
     * </pre>
     *
     * <p>A result that is null is a failure, a {@code NullPointerException}.
     */
    public <R> AsyncStream<R> map(Function<? super T, ? extends R> f) {
        notNull(f, "f");
        return on(Elementwise.map(take("map"), f));
    }

    /**
     * Replaces each element by the result of a coroutine. The next element is asked for after that
     * has ended.
     *
     * <pre>
     * this      1--2--3--|
     * mapAsync  -2--4--6-|     x -&gt; sleep(ofSeconds(1), 2 * x)
     * </pre>
     *
     * <p>A result that is null is a failure, a {@code NullPointerException}.
     */
    public <R> AsyncStream<R> mapAsync(AsyncFunction<? super T, R> f) {
        notNull(f, "f");
        return on(new Awaiting.Mapped<>(take("mapAsync"), f));
    }

    /**
     * Replaces each element by the result of a coroutine, at most {@code most} of which run at the
     * same time, each in a task of its own. The results come in the order of the elements.
     *
     * <pre>
     * this           3-1-2-|
     * mapConcurrent  ------(31)(2|)     2, x -&gt; sleep(ofSeconds(2 * x), x)
     * </pre>
     *
     * <p>An element is asked for when fewer than {@code most} elements are in the works. An element
     * counts until {@code hasNext} has found its result, so a slow reader slows everything down. A
     * failure comes after the results of the elements before; from then on no further element is
     * asked for. The tasks inherit the task-locals of the one that asks first. The failure of an
     * element that nobody asks for is suppressed in the failure that ends the stream, or else
     * reported to the exception handler. A result that is null is a failure, a {@code
     * NullPointerException}.
     *
     * @throws IllegalArgumentException if {@code most} is not positive
     * @see #mapAsync
     */
    public <R> AsyncStream<R> mapConcurrent(int most, AsyncFunction<? super T, R> f) {
        positive(most, "most");
        notNull(f, "f");
        return on(MapTasks.ordered(take("mapConcurrent"), most, f));
    }

    /**
     * Replaces each element by the result of a coroutine, as {@link #mapConcurrent}, but gives the
     * results in the order in which they come.
     *
     * <pre>
     * this          3-1-2-|
     * mapUnordered  ----1-3-(2|)     2, x -&gt; sleep(ofSeconds(2 * x), x)
     * </pre>
     *
     * <p>A failure overtakes: it is given to the next ask, before results that are there already.
     * Results that come at the same instant are in the order in which their tasks end.
     *
     * @throws IllegalArgumentException if {@code most} is not positive
     */
    public <R> AsyncStream<R> mapUnordered(int most, AsyncFunction<? super T, R> f) {
        positive(most, "most");
        notNull(f, "f");
        return on(MapTasks.unordered(take("mapUnordered"), most, f));
    }

    /**
     * Replaces each element by the elements of a stream, one stream after another. The next element
     * is asked for when the stream of the one before has ended.
     *
     * <pre>
     * this     1-----2-----|
     * flatMap  --0-1---0-1-(2|)     x -&gt; ticks(ofSeconds(2)).limit(x + 1)
     * </pre>
     *
     * @see #concat
     */
    public <R> AsyncStream<R> flatMap(Function<? super T, ? extends AsyncStream<? extends R>> f) {
        notNull(f, "f");
        return on(new Awaiting.Flattened<>(take("flatMap"), x -> innerOf(f.apply(x))));
    }

    private static <T> Source<T> innerOf(@Nullable AsyncStream<T> stream) {
        if (stream == null) {
            throw new NullPointerException("flatMap: the function returned null");
        }
        return stream.take("flatMap");
    }

    /**
     * Replaces each element by the elements of a stream. At most {@code most} of these streams run
     * at the same time, each in a task of its own. The elements are given in the order in which
     * they come, and so is a failure, which closes the other streams.
     *
     * <pre>
     * this               2-3-|
     * flatMapConcurrent  --0-10--(1|)     2, x -&gt; ticks(ofSeconds(x)).limit(2)
     * </pre>
     *
     * <p>An element of this stream is asked for when fewer than {@code most} streams are open. Each
     * stream runs at most one element ahead: it is asked again when its element was taken.
     *
     * @throws IllegalArgumentException if {@code most} is not positive
     * @see #merge
     */
    public <R> AsyncStream<R> flatMapConcurrent(
            int most, Function<? super T, ? extends AsyncStream<? extends R>> f) {
        positive(most, "most");
        notNull(f, "f");
        return on(new Merged.Mapped<T, R>(take("flatMapConcurrent"), most, f));
    }

    /**
     * Keeps the elements for which a predicate holds.
     *
     * <pre>
     * this    1--2--3--4--|
     * filter  ---2-----4--|     x -&gt; x % 2 == 0
     * </pre>
     *
     * <p>While elements are dropped that are there at once, the task does not suspend.
     */
    public AsyncStream<T> filter(Predicate<? super T> p) {
        notNull(p, "p");
        return on(Elementwise.filter(take("filter"), p));
    }

    /**
     * Keeps the elements for which the result of a coroutine is true. The next element is asked for
     * after that has ended.
     *
     * <pre>
     * this         1--2--3--4--|
     * filterAsync  ----2-----4-|     x -&gt; sleep(ofSeconds(1), x % 2 == 0)
     * </pre>
     */
    public AsyncStream<T> filterAsync(AsyncFunction<? super T, Boolean> p) {
        notNull(p, "p");
        return on(new Awaiting.Filtered<>(take("filterAsync"), p));
    }

    /**
     * Ends after {@code n} elements. This stream is closed before the last of them is given; with
     * {@code n} of 0 when the first element is asked for.
     *
     * <pre>
     * this   1--(2!)
     * limit  1--(2|)     2
     * </pre>
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public AsyncStream<T> limit(long n) {
        notNegative(n, "n");
        return on(new Slices.Limited<>(take("limit"), n));
    }

    /**
     * Drops the first {@code n} elements.
     *
     * <pre>
     * this  1--2--3--4--|
     * skip  ------3--4--|     2
     * </pre>
     *
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public AsyncStream<T> skip(long n) {
        notNegative(n, "n");
        return on(Elementwise.skip(take("skip"), n));
    }

    /**
     * Ends before the first element for which a predicate does not hold, and closes this stream
     * then.
     *
     * <pre>
     * this       1--2--(3!)
     * takeWhile  1--2--|     x -&gt; x &lt; 3
     * </pre>
     */
    public AsyncStream<T> takeWhile(Predicate<? super T> p) {
        notNull(p, "p");
        return on(new Slices.TakenWhile<>(take("takeWhile"), p));
    }

    /**
     * Drops the elements before the first one for which a predicate does not hold.
     *
     * <pre>
     * this       1--2--3--1--|
     * dropWhile  ------3--1--|     x -&gt; x &lt; 3
     * </pre>
     */
    public AsyncStream<T> dropWhile(Predicate<? super T> p) {
        notNull(p, "p");
        return on(Elementwise.dropWhile(take("dropWhile"), p));
    }

    /**
     * Passes each element to an action before the element is given.
     *
     * <pre>
     * this  1--2--3--|
     * peek  1--2--3--|     x -&gt; log.add(x)
     * </pre>
     */
    public AsyncStream<T> peek(Consumer<? super T> action) {
        notNull(action, "action");
        return on(Elementwise.peek(take("peek"), action));
    }

    /**
     * Drops each element that equals the one before.
     *
     * <pre>
     * this                  1--1--2--1--|
     * distinctUntilChanged  1-----2--1--|
     * </pre>
     */
    public AsyncStream<T> distinctUntilChanged() {
        return on(Elementwise.distinctUntilChanged(take("distinctUntilChanged")));
    }

    /**
     * Combines each element with the result before, and gives each result. The first element is
     * combined with {@code initial}, which itself is not given.
     *
     * <pre>
     * this  1--2--3--|
     * scan  1--3--6--|     0, (sum, x) -&gt; sum + x
     * </pre>
     *
     * <p>A result that is null is a failure, a {@code NullPointerException}.
     */
    public <R> AsyncStream<R> scan(R initial, BiFunction<? super R, ? super T, ? extends R> f) {
        notNull(initial, "initial");
        notNull(f, "f");
        return on(Elementwise.scan(take("scan"), initial, f));
    }

    /**
     * Collects the elements in unmodifiable lists of {@code size} elements. The last list may be
     * shorter, and is never empty. A failure comes at once, without the elements of a list that is
     * not full.
     *
     * <pre>
     * this         1--2--3--4--5--|
     * windowFixed  ---[1,2]-[3,4]-([5]|)     2
     * </pre>
     *
     * @throws IllegalArgumentException if {@code size} is not positive
     */
    public AsyncStream<List<T>> windowFixed(int size) {
        positive(size, "size");
        return on(new Slices.Windows<>(take("windowFixed"), size));
    }

    /**
     * Collects the elements in unmodifiable lists. A list is given when it has {@code size}
     * elements, or {@code most} after its first element has come. No list is empty. At the end, and
     * before a failure, the rest is given at once.
     *
     * <pre>
     * this         12----3-----45----6|
     * windowTimed  -[1,2]---[3]-[4,5]-([6]|)     2, ofSeconds(3)
     * </pre>
     *
     * <p>This stream runs in a task of its own. While a list waits to be taken, no element is asked
     * for; one that was asked for before begins the next list. An element that comes at the instant
     * at which a list is given belongs to the next list, unless it was there when the timer ran.
     *
     * @throws IllegalArgumentException if {@code size} or {@code most} is not positive
     */
    public AsyncStream<List<T>> windowTimed(int size, Duration most) {
        positive(size, "size");
        positive(most, "most");
        return on(new Buffered.Windows<>(take("windowTimed"), size, most));
    }

    /**
     * Reads this stream ahead, in a task of its own, until {@code ahead} elements wait to be taken.
     * The end and a failure come after them.
     *
     * <pre>
     * this    1--2--3--|
     * buffer  1--2--3--|     2
     * </pre>
     *
     * @throws IllegalArgumentException if {@code ahead} is not positive
     */
    public AsyncStream<T> buffer(int ahead) {
        positive(ahead, "ahead");
        return on(new Buffered.Ahead<>(take("buffer"), ahead));
    }

    /**
     * Gives an element when no other one has come for {@code quiet}, and drops those that were
     * followed by another one earlier. At the end, and before a failure, the last element is given
     * at once.
     *
     * <pre>
     * this      123---4|
     * debounce  ----3--(4|)     ofSeconds(2)
     * </pre>
     *
     * <p>This stream runs in a task of its own. While an element waits to be taken, no further one
     * is asked for; one that was asked for before begins the next quiet time. An element that comes
     * at the very end of a quiet time begins the next one, unless it was there when the timer ran.
     * Each element sets a timer.
     *
     * @throws IllegalArgumentException if {@code quiet} is not positive
     */
    public AsyncStream<T> debounce(Duration quiet) {
        positive(quiet, "quiet");
        return on(new Buffered.Debounced<>(take("debounce"), quiet));
    }

    /**
     * Lets at least {@code least} pass between two elements. An element that comes earlier waits,
     * and the next one is asked for after that. The end and a failure do not wait.
     *
     * <pre>
     * this      1-2-3-|
     * throttle  1--2--(3|)     ofSeconds(3)
     * </pre>
     *
     * @throws IllegalArgumentException if {@code least} is not positive
     */
    public AsyncStream<T> throttle(Duration least) {
        positive(least, "least");
        return on(new Awaiting.Throttled<>(take("throttle"), least));
    }

    /**
     * Fails if an element takes longer than {@code limit}, counted from the ask. An ask that has to
     * wait is cancelled then; if an element comes all the same, this stream goes on.
     *
     * <pre>
     * this         1--2---!
     * timeoutEach  1--2---#     ofSeconds(4)
     * </pre>
     *
     * <p>The failure is a {@link java.util.concurrent.TimeoutException}. Each ask sets a timer.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     * @see dev.weft.Weft#timeout
     */
    public AsyncStream<T> timeoutEach(Duration limit) {
        positive(limit, "limit");
        return on(new Awaiting.Hurried<>(take("timeoutEach"), limit));
    }

    // ---- ends

    /**
     * Passes each element to an action.
     *
     * <pre>
     * this     1--2--3--|
     * forEach  ---------|     x -&gt; log.add(x)
     * </pre>
     */
    public Coroutine<Void> forEach(Consumer<? super T> action) {
        notNull(action, "action");
        return new Ends.ForEach<>(take("forEach"), action).run();
    }

    /**
     * Runs a coroutine for each element, one at a time.
     *
     * <pre>
     * this          1--2--3--|
     * forEachAsync  ---------|     x -&gt; sleep(ofSeconds(1))
     * </pre>
     */
    public <R> Coroutine<Void> forEachAsync(AsyncFunction<? super T, R> action) {
        notNull(action, "action");
        return new Ends.ForEachAsync<>(take("forEachAsync"), action).run();
    }

    /**
     * Combines each element with the result before, and returns the last result. The first element
     * is combined with {@code initial}, which is the result if there are no elements.
     *
     * <pre>
     * this  1--2--3--|
     * fold  ---------6     0, (sum, x) -&gt; sum + x
     * </pre>
     */
    public <R> Coroutine<R> fold(R initial, BiFunction<R, ? super T, ? extends R> f) {
        notNull(f, "f");
        return new Ends.Folded<T, R>(take("fold"), initial, f).run();
    }

    /**
     * Passes the elements to a collector, in the task that awaits the result.
     *
     * <pre>
     * this     1--2--3--|
     * collect  ---------6     Collectors.summingInt(x -&gt; x)
     * </pre>
     */
    public <A, R> Coroutine<R> collect(Collector<? super T, A, R> collector) {
        notNull(collector, "collector");
        return new Ends.Collected<>(take("collect"), collector).run();
    }

    /**
     * Collects the elements in an unmodifiable list.
     *
     * <pre>
     * this    1--2--3--|
     * toList  ---------[1,2,3]
     * </pre>
     */
    public Coroutine<List<T>> toList() {
        return new Ends.ToList<>(take("toList")).run();
    }

    /**
     * Counts the elements.
     *
     * <pre>
     * this   1--2--2--|
     * count  ---------3
     * </pre>
     */
    public Coroutine<Long> count() {
        return new Ends.Count<>(take("count")).run();
    }

    /**
     * Returns the first element, after it has closed this stream; empty if there is none.
     *
     * <pre>
     * this       --(1!)
     * findFirst  --1
     * </pre>
     */
    public Coroutine<Optional<T>> findFirst() {
        return new Ends.First<>(take("findFirst")).run();
    }

    /**
     * Returns a publisher of the elements. A task on {@code loop} asks for elements while there are
     * requests for them, and passes them to the subscriber on the loop's thread. The stream begins
     * with the first request; its end is found when an element beyond the last is requested.
     *
     * <p>There is one subscriber. Another one gets an {@code IllegalStateException} in {@code
     * onError}; if the loop is closed, the subscriber gets a {@code RejectedExecutionException}.
     * The loop runs other tasks after at most 64 elements that did not suspend. A cancellation is
     * seen before the next element, interrupts an ask that waits, and closes the stream. If the
     * task is cancelled, by the end of the loop for example, the subscriber gets a {@code
     * CancellationException}. A failure of the subscriber, and of the stream after a cancellation,
     * goes to the exception handler of the loop.
     *
     * <p>The publisher conforms to the specification of Reactive Streams. Any thread may subscribe,
     * request and cancel.
     */
    public Flow.Publisher<T> toPublisher(EventLoop loop) {
        notNull(loop, "loop");
        return new ToPublisher<>(take("toPublisher"), loop);
    }

    // ---- arguments

    private static void notNull(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new NullPointerException(name);
        }
    }

    private static void notNegative(long argument, String name) {
        if (argument < 0) {
            throw new IllegalArgumentException(name + " < 0: " + argument);
        }
    }

    private static void positive(int argument, String name) {
        if (argument < 1) {
            throw new IllegalArgumentException(name + " < 1: " + argument);
        }
    }

    private static void positive(Duration argument, String name) {
        notNull(argument, name);
        if (argument.isZero() || argument.isNegative()) {
            throw new IllegalArgumentException(name + " <= 0: " + argument);
        }
    }
}
