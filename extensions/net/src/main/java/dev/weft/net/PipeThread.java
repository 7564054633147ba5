package dev.weft.net;

import dev.weft.EventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread that blocks in the pipe of a child process, in place of the loop. The loop and the
 * thread take turns, and the fields of the stream belong to the one whose turn is now. The thread
 * starts with its first turn.
 *
 * <p>It is never a virtual thread. A virtual thread that blocks in a pipe blocks its carrier. The
 * JVM has 256 carriers, so that many pipes would stop all virtual threads of the program.
 */
final class PipeThread implements Runnable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EventLoop loop;
    private final Closeable pipe;
    private final Turns turns;
    private final Semaphore turn = new Semaphore(0);

    /** True if the thread has to close the pipe and to end. */
    private volatile boolean isEnding;

    /** True from the first turn. Loop's thread. */
    private boolean isStarted;

    /** The work of the thread and of the loop in their turns. */
    interface Turns {
        /** Reads from the pipe or writes to it. Called by the thread. */
        void block();

        /** Continues after {@link #block}. Called by the loop. */
        void blocked();
    }

    PipeThread(EventLoop loop, Closeable pipe, Turns turns) {
        this.loop = loop;
        this.pipe = pipe;
        this.turns = turns;
    }

    /** Gives the thread a turn. */
    void giveTurn() throws IOException {
        if (!isStarted) {
            start();
            isStarted = true;
        }
        turn.release();
    }

    private void start() throws IOException {
        Thread thread = new Thread(this, "weft-pipe-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            throw new IOException("no thread can be created for the pipe of a child", noThread);
        }
    }

    /** Lets the thread close the pipe after its turn, and end. Twice is harmless. */
    void end() {
        if (isEnding) {
            return;
        }
        isEnding = true;
        if (isStarted) {
            turn.release();
        } else {
            SelectorNetwork.closeQuietly(pipe);
        }
    }

    /** Returns whether the thread runs and was not told to end. */
    boolean isRunning() {
        return isStarted && !isEnding;
    }

    @Override
    public void run() {
        try {
            while (takesTurn()) {
                turns.block();
                if (!isEnding) {
                    loop.execute(turns::blocked);
                }
            }
        } catch (RejectedExecutionException loopClosed) {
            return;
        } finally {
            SelectorNetwork.closeQuietly(pipe);
        }
    }

    private boolean takesTurn() {
        turn.acquireUninterruptibly();
        return !isEnding;
    }
}
