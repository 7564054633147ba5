package dev.weft;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback that stands in line at a {@link Deferred}, between the tasks that await it. */
final class DoneCallback<T> extends Entry {
    private final Deferred<T> deferred;
    private final Consumer<? super Deferred<T>> callback;
    private @Nullable Context context;

    static <T> Entry of(Deferred<T> deferred, Consumer<? super Deferred<T>> callback) {
        return new DoneCallback<>(deferred, callback);
    }

    private DoneCallback(Deferred<T> deferred, Consumer<? super Deferred<T>> callback) {
        if (callback == null) {
            throw new NullPointerException("callback");
        }
        this.deferred = deferred;
        this.callback = callback;
        this.context = deferred.loop.context();
    }

    boolean calls(Object other) {
        return callback.equals(other);
    }

    @Override
    void run() {
        try {
            callback.accept(deferred);
        } catch (Throwable exception) {
            deferred.loop.failedCallback(exception);
        }
    }

    @Override
    @Nullable Context context() {
        return context;
    }

    @Override
    void context(@Nullable Context context) {
        this.context = context;
    }
}
