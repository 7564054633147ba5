package dev.weft.stream;

import java.util.List;
import java.util.function.BiFunction;

/** Pairs the elements of two sources, which run at the same time. */
final class Zipped<A, B, R> extends TaskSource<R> {
    private final Side<A> a;
    private final Side<B> b;
    private final BiFunction<? super A, ? super B, ? extends R> f;

    Zipped(Source<A> a, Source<B> b, BiFunction<? super A, ? super B, ? extends R> f) {
        super(List.of(a, b));
        this.a = new Side<>(a);
        this.b = new Side<>(b);
        this.f = f;
    }

    @Override
    void begin() {
        start(a, "zip 1");
        start(b, "zip 2");
    }

    @Override
    Object poll() throws Throwable {
        Throwable failure = firstFailure();
        if (failure != null) {
            throw failure;
        }
        if (a.isHolding() && b.isHolding()) {
            element = Stage.element(f.apply(a.take(), b.take()), "zip");
            return true;
        }
        return a.isExhausted() || b.isExhausted() ? false : Machine.SUSPENDED;
    }

    private final class Side<E> extends Worker.OneAhead<E> {
        Side(Source<E> source) {
            super(Zipped.this, source);
        }

        boolean isExhausted() {
            return hasEnded && !isHolding();
        }

        @Override
        void arrived() {
            Zipped.this.wake();
        }

        @Override
        void ended() {
            Zipped.this.wake();
        }
    }
}
