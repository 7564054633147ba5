package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Task-local values: an immutable list, so that a copy is a reference. Programs have few of them,
 * and a list of few is faster than a map.
 */
record Context(TaskLocal<?> key, @Nullable Object value, @Nullable Context rest) {
    static @Nullable Context find(@Nullable Context in, TaskLocal<?> key) {
        while (in != null && in.key != key) {
            in = in.rest;
        }
        return in;
    }

    static Context with(@Nullable Context old, TaskLocal<?> key, @Nullable Object value) {
        return new Context(key, value, without(old, key));
    }

    static @Nullable Context without(@Nullable Context old, TaskLocal<?> key) {
        if (find(old, key) == null) {
            return old;
        }
        Context kept = null;
        for (Context c = old; c != null; c = c.rest) {
            if (c.key != key) {
                kept = new Context(c.key, c.value, kept);
            }
        }
        return kept;
    }
}
