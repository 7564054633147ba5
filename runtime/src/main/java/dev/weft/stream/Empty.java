package dev.weft.stream;

import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** A source without elements. */
final class Empty<T> extends Source<T> {
    @Override
    Object advance(Task<?> task, @Nullable Object value, int depth) {
        return false;
    }
}
