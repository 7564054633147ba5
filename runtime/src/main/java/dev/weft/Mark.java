package dev.weft;

import org.jspecify.annotations.Nullable;

/** Stands where a coroutine's awaiter stands, and says something else. Never runs. */
final class Mark extends Coroutine<Void> {
    /** The result is the task's. */
    static final Mark ROOT = new Mark();

    /** It was dropped on purpose and can never run. */
    static final Mark CLOSED = new Mark();

    /** It has no state, so it may be awaited any number of times. */
    static final Mark REUSABLE = new Mark();

    /** It has not run yet, and its first step awaits nothing. */
    static final Mark LEAF = new Mark();

    private Mark() {}

    @Override
    protected Object step(Task<?> task, @Nullable Object value) {
        throw new IllegalStateException("a mark never runs");
    }
}
