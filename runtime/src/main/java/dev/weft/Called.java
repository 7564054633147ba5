package dev.weft;

import org.jspecify.annotations.Nullable;

/** The coroutine that a lambda gives when it is called, which happens in the first step. */
final class Called<T> extends Coroutine<T> {
    private @Nullable AsyncCallable<T> body;

    static <T> Coroutine<T> of(AsyncCallable<T> body) {
        return new Called<>(body);
    }

    private Called(AsyncCallable<T> body) {
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value) throws Exception {
        AsyncCallable<T> called = body;
        body = null;
        return handOver(called == null ? null : called.call(), this, task);
    }

    @Override
    String name() {
        return body == null ? "the body" : body.getClass().getName();
    }
}
