package dev.weft.net;

import dev.weft.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The standard input of a child process. A thread writes one part at a time. */
final class ChildInput extends ChildPipe {
    /** The size of a pipe on Linux. */
    private static final int LARGEST_LENGTH = 65_536;

    private static final byte[] NONE = {};

    private final OutputStream pipe;
    private final boolean isPiped;

    /** Called when nothing can be written any more. */
    private final Runnable atEnd;

    private byte[] part = NONE;

    /** True if the thread has the turn. */
    private boolean isWriting;

    private @Nullable IOException failure;

    /** Creates a stream; without {@code isPiped} one that cannot be written. */
    ChildInput(EventLoop loop, OutputStream pipe, boolean isPiped, Runnable atEnd) {
        super(loop, pipe);
        this.pipe = pipe;
        this.isPiped = isPiped;
        this.atEnd = atEnd;
    }

    // ---- the thread's turn

    @Override
    public void block() {
        try {
            pipe.write(part);
            pipe.flush();
        } catch (IOException gone) {
            failure = gone;
        } catch (Throwable e) {
            failure = new IOException("the thread of the pipe has failed: " + e, e);
        }
        part = NONE;
    }

    // ---- the loop's turn

    @Override
    public void blocked() {
        isWriting = false;
        if (failure != null) {
            endThread();
            atEnd.run();
        }
        outputReady();
    }

    /** Records that the process has ended. A write that is under way fails by itself. */
    void childExited() {
        if (!isWriting && failure == null) {
            failure = new IOException("it has ended");
            endThread();
        }
    }

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        if (!isPiped) {
            throw new IOException(
                    "the input of the child process is redirected: it has no stream to write to");
        }
        if (isWriting) {
            return;
        }
        checkFailure();
        part = taken(buffers, first);
        try {
            giveTurn();
        } catch (IOException noThread) {
            breakOutput("no thread could be created"); // and the part is lost
            throw noThread;
        }
        isWriting = true;
    }

    /** Removes as many bytes as are written together. */
    private static byte[] taken(ByteBuffer[] buffers, int first) {
        long all = 0;
        for (int i = first; i < buffers.length; i++) {
            all += buffers[i].remaining();
        }
        byte[] taken = new byte[(int) Math.min(all, LARGEST_LENGTH)];
        int size = 0;
        for (int i = first; size < taken.length; i++) {
            int count = Math.min(buffers[i].remaining(), taken.length - size);
            buffers[i].get(taken, size, count);
            size += count;
        }
        return taken;
    }

    private void checkFailure() throws ConnectionResetException {
        if (failure != null) {
            throw new ConnectionResetException(
                    "the child process reads its input no more: " + failure.getMessage(), failure);
        }
    }

    @Override
    protected boolean tryFlush() throws IOException {
        if (!isWriting) {
            checkFailure();
        }
        return !isWriting;
    }

    @Override
    protected boolean tryCloseOutput() {
        if (isWriting) {
            return false;
        }
        endThread();
        return true;
    }

    @Override
    protected void watchOutput(boolean on) {
        ChildOutput.countOutside(writer, on);
        if (on && !isWriting) {
            outputReady();
        }
    }

    // ---- reading is not possible

    @Override
    protected int tryRead(ByteBuffer into) {
        throw new UnsupportedOperationException(
                "the input of a child process can only be written: read output() or errors()");
    }

    @Override
    protected void watchInput(boolean on) {
        if (on) {
            inputReady();
        }
    }
}
