package dev.weft.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The operators that end before their source does, or give more at its end. */
final class Slices {
    private Slices() {}

    /** Gives the first elements. */
    static final class Limited<T> extends Operator<T, T> {
        private long rest;

        Limited(Source<T> source, long n) {
            super(source);
            rest = n;
            if (n == 0) {
                giveNone();
            }
        }

        @Override
        Next take(T taken) {
            element = taken;
            return --rest == 0 ? Next.GIVE_LAST : Next.GIVE;
        }
    }

    /** Gives the elements before the first one for which a predicate does not hold. */
    static final class TakenWhile<T> extends Operator<T, T> {
        private final Predicate<? super T> p;

        TakenWhile(Source<T> source, Predicate<? super T> p) {
            super(source);
            this.p = p;
        }

        @Override
        Next take(T taken) {
            return p.test(taken) ? give(taken) : Next.END;
        }
    }

    /** Gives lists of a size; the last one may be shorter. */
    static final class Windows<T> extends Operator<T, List<T>> {
        private final int size;
        private List<T> window = new ArrayList<>();

        Windows(Source<T> source, int size) {
            super(source);
            this.size = size;
        }

        @Override
        Next take(T taken) {
            window.add(taken);
            return window.size() < size ? Next.ASK : giveWindow();
        }

        @Override
        Next sourceEnded() {
            return window.isEmpty() ? Next.END : giveWindow();
        }

        private Next giveWindow() {
            List<T> full = Collections.unmodifiableList(window);
            window = new ArrayList<>();
            return give(full);
        }
    }
}
