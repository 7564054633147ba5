package dev.weft.stream;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators that apply a function to each element. */
final class Elementwise {
    private Elementwise() {}

    /** Replaces each element. */
    static final class Mapped<S, T> extends Operator<S, T> {
        private final Function<? super S, ? extends T> f;

        Mapped(Source<S> source, Function<? super S, ? extends T> f) {
            super(source);
            this.f = f;
        }

        @Override
        Next take(S taken) {
            return give(f.apply(taken), "map");
        }
    }

    /** Keeps some elements. */
    static final class Filtered<T> extends Operator<T, T> {
        private final Predicate<? super T> p;

        Filtered(Source<T> source, Predicate<? super T> p) {
            super(source);
            this.p = p;
        }

        @Override
        Next take(T taken) {
            return p.test(taken) ? give(taken) : Next.ASK;
        }
    }

    /** Passes each element to an action, too. */
    static final class Peeked<T> extends Operator<T, T> {
        private final Consumer<? super T> action;

        Peeked(Source<T> source, Consumer<? super T> action) {
            super(source);
            this.action = action;
        }

        @Override
        Next take(T taken) {
            action.accept(taken);
            return give(taken);
        }
    }

    /** Drops elements that equal the one before. */
    static final class Distinct<T> extends Operator<T, T> {
        private @Nullable T last;

        Distinct(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            if (taken.equals(last)) {
                return Next.ASK;
            }
            last = taken;
            return give(taken);
        }
    }

    /** Gives the results of a fold so far. */
    static final class Scanned<S, T> extends Operator<S, T> {
        private final BiFunction<? super T, ? super S, ? extends T> f;
        private T result;

        Scanned(Source<S> source, T initial, BiFunction<? super T, ? super S, ? extends T> f) {
            super(source);
            this.f = f;
            this.result = initial;
        }

        @Override
        Next take(S taken) {
            T next = f.apply(result, taken);
            Next decision = give(next, "scan");
            result = next;
            return decision;
        }
    }
}
