package dev.weft.net;

import dev.weft.EventLoop;

/** The check that an object of a loop is used on the loop's thread. */
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
}
