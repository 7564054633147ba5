package dev.weft.sync;

import dev.weft.EventLoop;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the loop that first uses it. As long as no loop has used it, it may be used outside of
 * any; between the runs of its loop it may be used by the loop's thread.
 */
abstract class LoopBound {
    /** What messages call it. */
    private final String name;

    private @Nullable EventLoop loop;
    private @Nullable Thread thread;

    LoopBound(String name) {
        this.name = name;
    }

    /** Use by an await, in the step of {@code task}. */
    final void use(Task<?> task) {
        if (task.loop() != loop) {
            bind(task.loop(), "await");
        }
    }

    /** Use by a plain call. */
    final void use(String call) {
        EventLoop running = runningLoop();
        if (running == null || running != loop) {
            checkThread(call);
            if (running != null) {
                bind(running, call);
            }
        }
    }

    /** A coroutine is made, which is no use yet. */
    final void checkThread(String call) {
        if (thread != Thread.currentThread() && thread != null) {
            throw foreign(call + " on thread " + Thread.currentThread().getName());
        }
    }

    private void bind(EventLoop running, String call) {
        if (loop != null) {
            throw foreign(call + " in another loop");
        }
        loop = running;
        thread = Thread.currentThread();
    }

    private static @Nullable EventLoop runningLoop() {
        try {
            return EventLoop.current();
        } catch (IllegalStateException outside) {
            return null;
        }
    }

    private IllegalStateException foreign(String what) {
        return new IllegalStateException(
                name
                        + ": "
                        + what
                        + "; it belongs to the loop that used it first, and is used from that loop's thread: use"
                        + " EventLoop.execute(...) or EventLoop.submit(...) of that loop");
    }
}
