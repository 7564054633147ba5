package dev.weft.stream;

import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** A source without elements. */
final class Empty<T> extends Source<T> {
    /** Returns a source that has ended already, which any number of loops may share. */
    static <T> Source<T> shared() {
        Source<T> empty = new Empty<>();
        empty.end();
        return empty;
    }

    @Override
    Object advance(Task<?> task, @Nullable Object value, int depth) {
        return false;
    }
}
