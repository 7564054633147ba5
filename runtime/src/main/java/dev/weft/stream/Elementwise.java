package dev.weft.stream;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The stages. Their static methods have the types, which are erased inside. */
@SuppressWarnings(
        "unchecked") // the source gives elements of the type that the operator was made for
final class Elementwise {
    private Elementwise() {}

    /** Replaces each element. */
    static <S, T> Source<T> map(Source<S> source, Function<? super S, ? extends T> f) {
        return Source.staged(source, new Mapped((Function<Object, Object>) f));
    }

    /** Keeps some elements. */
    static <T> Source<T> filter(Source<T> source, Predicate<? super T> p) {
        return Source.staged(source, new Filtered((Predicate<Object>) p));
    }

    /** Drops the elements before the first one for which a predicate does not hold. */
    static <T> Source<T> dropWhile(Source<T> source, Predicate<? super T> p) {
        return Source.staged(source, new DroppedWhile((Predicate<Object>) p));
    }

    /** Passes each element to an action, too. */
    static <T> Source<T> peek(Source<T> source, Consumer<? super T> action) {
        return Source.staged(source, new Peeked((Consumer<Object>) action));
    }

    /** Drops elements that equal the one before. */
    static <T> Source<T> distinctUntilChanged(Source<T> source) {
        return Source.staged(source, new Distinct());
    }

    /** Drops the first elements. */
    static <T> Source<T> skip(Source<T> source, long n) {
        return Source.staged(source, new Skipped(n));
    }

    /** Gives the results of a fold so far. */
    static <S, T> Source<T> scan(
            Source<S> source, T initial, BiFunction<? super T, ? super S, ? extends T> f) {
        return Source.staged(source, new Scanned(initial, (BiFunction<Object, Object, Object>) f));
    }

    private static final class Mapped extends Stage {
        private final Function<Object, Object> f;

        Mapped(Function<Object, Object> f) {
            this.f = f;
        }

        @Override
        Object take(Object taken) {
            return element(f.apply(taken), "map");
        }
    }

    private static final class Filtered extends Stage {
        private final Predicate<Object> p;

        Filtered(Predicate<Object> p) {
            this.p = p;
        }

        @Override
        @Nullable Object take(Object taken) {
            return p.test(taken) ? taken : null;
        }
    }

    private static final class DroppedWhile extends Stage {
        /** Null after the first element that was not dropped. */
        private @Nullable Predicate<Object> p;

        DroppedWhile(Predicate<Object> p) {
            this.p = p;
        }

        @Override
        @Nullable Object take(Object taken) {
            if (p != null) {
                if (p.test(taken)) {
                    return null;
                }
                p = null;
            }
            return taken;
        }
    }

    private static final class Peeked extends Stage {
        private final Consumer<Object> action;

        Peeked(Consumer<Object> action) {
            this.action = action;
        }

        @Override
        Object take(Object taken) {
            action.accept(taken);
            return taken;
        }
    }

    private static final class Distinct extends Stage {
        private @Nullable Object last;

        @Override
        @Nullable Object take(Object taken) {
            if (taken.equals(last)) {
                return null;
            }
            last = taken;
            return taken;
        }
    }

    private static final class Skipped extends Stage {
        private long rest;

        Skipped(long n) {
            rest = n;
        }

        @Override
        @Nullable Object take(Object taken) {
            if (rest == 0) {
                return taken;
            }
            rest--;
            return null;
        }
    }

    private static final class Scanned extends Stage {
        private final BiFunction<Object, Object, Object> f;
        private Object result;

        Scanned(Object initial, BiFunction<Object, Object, Object> f) {
            this.f = f;
            this.result = initial;
        }

        @Override
        Object take(Object taken) {
            Object next = element(f.apply(result, taken), "scan");
            result = next;
            return next;
        }
    }
}
