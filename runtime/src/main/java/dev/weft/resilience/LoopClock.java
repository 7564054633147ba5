package dev.weft.resilience;

import dev.weft.EventLoop;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** The loop that first uses an object, and its clock. Refuses other loops and threads. */
final class LoopClock {
    /** The name of the object in messages. */
    private final String name;

    private @Nullable EventLoop loop;
    private @Nullable Thread thread;

    LoopClock(String name) {
        this.name = name;
    }

    /** Returns the time for a use by an await, in the step of {@code task}. */
    long now(Task<?> task) {
        return bound(task.loop(), "await").time();
    }

    /**
     * Returns the time for a use by a plain call. After the first use this may be between the runs
     * of the loop.
     *
     * @throws IllegalStateException if this is the first use, and outside of a loop
     */
    long now(String call) {
        checkThread(call);
        EventLoop running = Operation.currentLoop();
        EventLoop own = loop;
        return own != null && running == null
                ? own.time()
                : bound(EventLoop.current(), call).time();
    }

    /** Checks the thread of a call that needs no time. */
    void checkThread(String call) {
        if (thread != null && thread != Operation.currentThread()) {
            throw foreign(call + " on thread " + Thread.currentThread().getName());
        }
    }

    private EventLoop bound(EventLoop running, String call) {
        if (loop == null) {
            loop = running;
            thread = Operation.currentThread();
        } else if (loop != running) {
            throw foreign(call + " in another loop");
        }
        return running;
    }

    private IllegalStateException foreign(String misuse) {
        String belongs = name + ": " + misuse + "; it belongs to the loop that used it first";
        return new IllegalStateException(
                loop != null && Operation.isClosed(loop)
                        ? belongs + ", and that loop is closed: create a new one for this loop"
                        : belongs
                                + ", and is used on that loop's thread: use EventLoop.execute(...) or"
                                + " EventLoop.submit(...) of that loop");
    }
}
