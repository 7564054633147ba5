package dev.weft.stream;

import dev.weft.AsyncFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** The ends of streams. */
final class Ends {
    private Ends() {}

    /** Passes each element to an action. */
    static final class ForEach<T> extends Fold<T, Void> {
        private final Consumer<? super T> action;

        ForEach(Source<T> source, Consumer<? super T> action) {
            super(source);
            this.action = action;
        }

        @Override
        Next take(T taken) {
            action.accept(taken);
            return Next.ASK;
        }

        @Override
        @Nullable Void result() {
            return null;
        }
    }

    /** Runs a coroutine for each element. */
    static final class ForEachAsync<T> extends Fold<T, Void> {
        private final AsyncFunction<? super T, ?> action;

        ForEachAsync(Source<T> source, AsyncFunction<? super T, ?> action) {
            super(source);
            this.action = action;
        }

        @Override
        Next take(T taken) throws Exception {
            return await(action.apply(taken), "forEachAsync");
        }

        @Override
        Next took(@Nullable Object result) {
            return Next.ASK;
        }

        @Override
        @Nullable Void result() {
            return null;
        }
    }

    /** Collects the elements. */
    static final class ToList<T> extends Fold<T, List<T>> {
        private final List<T> elements = new ArrayList<>();

        ToList(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            elements.add(taken);
            return Next.ASK;
        }

        @Override
        List<T> result() {
            return Collections.unmodifiableList(elements);
        }
    }

    /** Combines the elements. */
    static final class Folded<T, R> extends Fold<T, R> {
        private final BiFunction<R, ? super T, ? extends R> f;
        private R result;

        Folded(Source<T> source, R initial, BiFunction<R, ? super T, ? extends R> f) {
            super(source);
            this.f = f;
            this.result = initial;
        }

        @Override
        Next take(T taken) {
            result = f.apply(result, taken);
            return Next.ASK;
        }

        @Override
        R result() {
            return result;
        }
    }

    /** Passes the elements to a collector. */
    static final class Collected<T, A, R> extends Fold<T, R> {
        private final Collector<? super T, A, R> collector;

        /** Null before the first element. */
        private @Nullable BiConsumer<A, ? super T> accumulator;

        private @Nullable A container;

        Collected(Source<T> source, Collector<? super T, A, R> collector) {
            super(source);
            this.collector = collector;
        }

        private BiConsumer<A, ? super T> begin() {
            container = collector.supplier().get();
            BiConsumer<A, ? super T> begun = collector.accumulator();
            accumulator = begun;
            return begun;
        }

        @Override
        @SuppressWarnings("NullAway") // a collector may have null for its container
        Next take(T taken) {
            BiConsumer<A, ? super T> accumulator = this.accumulator;
            if (accumulator == null) {
                accumulator = begin();
            }
            accumulator.accept(container, taken);
            return Next.ASK;
        }

        @Override
        @SuppressWarnings({"NullAway", "unchecked"}) // IDENTITY_FINISH promises the type
        @Nullable R result() {
            if (accumulator == null) {
                begin();
            }
            return collector.characteristics().contains(Collector.Characteristics.IDENTITY_FINISH)
                    ? (R) container
                    : collector.finisher().apply(container);
        }
    }

    /** Counts the elements. */
    static final class Count<T> extends Fold<T, Long> {
        private long count;

        Count(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            count++;
            return Next.ASK;
        }

        @Override
        Long result() {
            return count;
        }
    }

    /** Takes the first element. */
    static final class First<T> extends Fold<T, Optional<T>> {
        private @Nullable T first;

        First(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            first = taken;
            return Next.END;
        }

        @Override
        Optional<T> result() {
            return Optional.ofNullable(first);
        }
    }
}
