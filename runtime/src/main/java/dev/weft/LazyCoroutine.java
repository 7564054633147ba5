package dev.weft;

import org.jspecify.annotations.Nullable;

/** A coroutine that calls its body in its first step and then continues as the body's coroutine. */
final class LazyCoroutine<T> extends Coroutine<T> {
    /** Null after the call, so that captured values can be collected. */
    private @Nullable AsyncCallable<T> body;

    static <T> Coroutine<T> of(AsyncCallable<T> body) {
        return new LazyCoroutine<>(body);
    }

    private LazyCoroutine(AsyncCallable<T> body) {
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Exception {
        AsyncCallable<T> called = body;
        body = null;
        return Machine.tail(called == null ? null : called.call(), this, task, depth);
    }

    @Override
    String name() {
        return body == null ? "the body" : body.getClass().getName();
    }
}
