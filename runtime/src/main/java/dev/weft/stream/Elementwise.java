package dev.weft.stream;

import java.util.function.Function;
import java.util.function.Predicate;

/** The operators that decide about an element at once, without waiting. */
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
}
