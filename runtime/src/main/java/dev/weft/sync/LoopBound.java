package dev.weft.sync;

import dev.weft.EventLoop;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * An object that belongs to the loop that first uses it. Before that it may be used outside of any
 * loop, and between the runs of its loop by the loop's thread.
 */
abstract class LoopBound {
    /** The name in messages. */
    final String name;

    private @Nullable EventLoop loop;
    private @Nullable Thread thread;

    LoopBound(String name) {
        this.name = name;
    }

    /** Returns a name for reports, such as "AsyncLock@1f6a3b". */
    final String identity() {
        return name + "@" + Integer.toHexString(System.identityHashCode(this));
    }

    /** Checks the use by an await, in the step of {@code task}. */
    final void use(Task<?> task) {
        if (task.loop() != loop) {
            bind(task.loop(), "await");
        }
    }

    /**
     * Checks a call that creates a coroutine and the use by its await, in the step of {@code task}.
     */
    final void beginCompiled(String call, Task<?> task) {
        if (task.loop() != loop) {
            checkThread(call);
            try {
                bind(task.loop(), "await");
            } catch (Throwable misuse) {
                throw Waiter.crossing(misuse, task);
            }
        }
    }

    /** Checks the use by a plain call. */
    final void use(String call) {
        EventLoop running = Waiter.currentLoop();
        if (running == null || running != loop) {
            checkThread(call);
            if (running != null) {
                bind(running, call);
            }
        }
    }

    /** Checks the thread of a call that creates a coroutine, which is no use yet. */
    final void checkThread(String call) {
        if (thread != null && thread != Waiter.currentThread()) {
            throw foreign(call + " on thread " + Thread.currentThread().getName());
        }
    }

    private void bind(EventLoop running, String call) {
        if (loop != null) {
            throw foreign(call + " in another loop");
        }
        loop = running;
        thread = Waiter.currentThread();
    }

    private IllegalStateException foreign(String misuse) {
        String belongs = name + ": " + misuse + "; it belongs to the loop that used it first";
        return new IllegalStateException(
                loop != null && Waiter.isClosed(loop)
                        ? belongs + ", and that loop is closed: create a new one for this loop"
                        : belongs
                                + ", and is used on that loop's thread: use EventLoop.execute(...) or"
                                + " EventLoop.submit(...) of that loop");
    }
}
