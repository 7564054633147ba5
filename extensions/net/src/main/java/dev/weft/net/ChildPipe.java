package dev.weft.net;

import dev.weft.EventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A pipe of a child process, in which a thread blocks in place of the loop. */
abstract class ChildPipe extends ByteStream implements PipeThread.Turns {
    private final PipeThread thread;
    private boolean keepsPipe;

    ChildPipe(EventLoop loop, Closeable pipe) {
        super(loop);
        thread = new PipeThread(loop, pipe, this);
    }

    /** Gives the thread a turn. */
    final void giveTurn() throws IOException {
        thread.giveTurn();
    }

    /** Lets the pipe stay open when this is closed, until {@link #endThread}. */
    final void keepPipe() {
        keepsPipe = true;
    }

    /** Ends the thread, if it has begun, and closes the pipe. */
    final void endThread() {
        thread.end();
    }

    /** Returns whether a thread has begun and was not told to end. */
    final boolean hasThread() {
        return thread.isRunning();
    }

    @Override
    protected final void release(boolean resets) {
        if (!keepsPipe) {
            endThread();
        }
    }

    @Override
    public final @Nullable SocketAddress local() {
        return null;
    }

    @Override
    public final @Nullable SocketAddress remote() {
        return null;
    }
}
