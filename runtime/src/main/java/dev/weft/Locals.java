package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Whose task-local values are current on this thread: those of what a loop runs, or of a piece of
 * blocking work.
 */
final class Locals {
    /** The values of the blocking work that runs on a thread. */
    private static final ThreadLocal<@Nullable Locals> OFF_LOOP = new ThreadLocal<>();

    private @Nullable Context context;

    private Locals(@Nullable Context context) {
        this.context = context;
    }

    static @Nullable Context context() {
        Locals work = OFF_LOOP.get();
        return work == null ? EventLoop.current().context() : work.context;
    }

    static void context(@Nullable Context context) {
        Locals work = OFF_LOOP.get();
        if (work == null) {
            EventLoop.current().context(context);
        } else {
            work.context = context;
        }
    }

    /** Begins a piece of work on this thread, which has {@code context}. */
    static void begin(@Nullable Context context) {
        OFF_LOOP.set(new Locals(context));
    }

    static void end() {
        OFF_LOOP.remove();
    }
}
