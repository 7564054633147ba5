package dev.weft.stream;

import dev.weft.AsyncCloseable;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.NotInstrumentedException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
        if (this == END) {
            return new Empty<>();
        }
        Source<T> taken = own(call);
        isOwned = true;
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
        return own("hasNext()").asking();
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
        return own("closeAsync()").closeAsync();
    }

    // ---- operators

    /**
     * Replaces each element by the result of a function.
     *
     * <pre>
     * this  1--2--3--|
     * map   2--4--6--|     x -&gt; 2 * x
     * </pre>
     */
    public <R> AsyncStream<R> map(Function<? super T, ? extends R> f) {
        notNull(f, "f");
        return on(new Elementwise.Mapped<>(take("map"), f));
    }

    /**
     * Keeps the elements for which a predicate holds.
     *
     * <pre>
     * this    1--2--3--4--|
     * filter  ---2-----4--|     x -&gt; x % 2 == 0
     * </pre>
     */
    public AsyncStream<T> filter(Predicate<? super T> p) {
        notNull(p, "p");
        return on(new Elementwise.Filtered<>(take("filter"), p));
    }

    // ---- ends

    /** Passes each element to an action. */
    public Coroutine<Void> forEach(Consumer<? super T> action) {
        notNull(action, "action");
        return new Ends.ForEach<>(take("forEach"), action).run();
    }

    /** Collects the elements in an unmodifiable list. */
    public Coroutine<List<T>> toList() {
        return new Ends.ToList<>(take("toList")).run();
    }

    private static void notNull(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new NullPointerException(name);
        }
    }
}
