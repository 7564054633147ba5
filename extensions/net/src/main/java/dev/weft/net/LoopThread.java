package dev.weft.net;

import dev.weft.EventLoop;
import dev.weft.Task;

/** The checks that an object of a loop is used on the loop's thread, and by its tasks. */
final class LoopThread {
    private LoopThread() {}

    /**
     * Checks the thread of a plain call. Any thread may call once the loop is closed.
     *
     * @throws IllegalStateException on another thread
     */
    static void check(EventLoop loop, String call) {
        if (Waiting.isClosed(loop)) {
            return;
        }
        try {
            loop.time();
        } catch (IllegalStateException foreign) {
            throw new IllegalStateException(
                    call
                            + " was called on thread "
                            + Thread.currentThread().getName()
                            + "; it belongs to the thread of its loop: use EventLoop.execute(...)",
                    foreign);
        }
    }

    /**
     * Checks that a task may use an object of {@code loop}.
     *
     * @param object the text for the message, such as "the stream"
     * @throws IllegalStateException for a task of another loop
     */
    static void check(EventLoop loop, Task<?> task, String object) {
        if (task.loop() != loop) {
            throw new IllegalStateException(
                    object
                            + " belongs to another loop: "
                            + (Waiting.isClosed(loop)
                                    ? "that loop is closed"
                                    : "use EventLoop.submit(...) of that loop"));
        }
    }
}
