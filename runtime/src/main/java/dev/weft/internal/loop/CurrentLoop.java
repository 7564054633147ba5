package dev.weft.internal.loop;

import org.jspecify.annotations.Nullable;

/** The loops that run on each thread. */
public final class CurrentLoop {
    /** True if each task has a {@link TaskThread}, so that a debugger can step over an await. */
    public static final boolean HAS_TASK_THREADS = Boolean.getBoolean("weft.debugger");

    private static final ThreadLocal<@Nullable Loop> RUNNING = new ThreadLocal<>();

    /**
     * The loop that was last asked for, by any thread. A cache in front of the thread-local; it may
     * be stale.
     */
    private static @Nullable Loop recent;

    private CurrentLoop() {}

    /**
     * Returns the thread that owns what the current thread creates and uses: the current one, but
     * for the thread of a task that of the loop.
     */
    public static Thread thread() {
        Thread current = Thread.currentThread();
        return HAS_TASK_THREADS && current instanceof TaskThread own ? own.home() : current;
    }

    /** Returns the loop that runs on this thread, or null. */
    public static @Nullable Loop orNull() {
        Loop loop = recent;
        if (loop != null && loop.thread == Thread.currentThread() && loop.isOpen()) {
            return loop;
        }
        loop = RUNNING.get();
        if (loop != null) {
            recent = loop;
        }
        return loop;
    }

    /**
     * Returns the loop that runs on this thread.
     *
     * @throws IllegalStateException if there is none
     */
    public static Loop get() {
        Loop loop = orNull();
        if (loop == null) {
            throw new IllegalStateException(
                    "no event loop runs on thread "
                            + Thread.currentThread().getName()
                            + ": start one with Weft.run(...), or hand work to a loop of another thread by its"
                            + " submit(...) or execute(...)");
        }
        return loop;
    }

    /** Makes {@code loop} current. Returns the loop that was, or null. */
    static @Nullable Loop enter(Loop loop) {
        Loop outer = RUNNING.get();
        RUNNING.set(loop);
        recent = loop;
        return outer;
    }

    /** Makes {@code outer} current again; null for none. */
    static void leave(@Nullable Loop outer) {
        recent = outer;
        if (outer == null) {
            RUNNING.remove();
        } else {
            RUNNING.set(outer);
        }
    }
}
