package dev.weft.net;

import dev.weft.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two outputs of a child process. A thread reads the next part when the previous one was
 * taken.
 */
final class ChildOutput extends ChildPipe {
    private static final int FIRST_LENGTH = 8_192;

    /** The size of a pipe on Linux. */
    private static final int LARGEST_LENGTH = 65_536;

    private final InputStream pipe;

    /** Called when the end was reached. */
    private final Runnable atEnd;

    /** The bytes between the two indexes have come and were not read. */
    private byte[] bytes = {};

    private int start;
    private int end;

    /** True if the thread has the turn. */
    private boolean isReading;

    private boolean isAtEnd;
    private @Nullable IOException failure;

    /** Creates a stream; without {@code isPiped} one at its end. */
    ChildOutput(EventLoop loop, InputStream pipe, boolean isPiped, Runnable atEnd) {
        super(loop, pipe);
        this.pipe = pipe;
        this.isAtEnd = !isPiped;
        this.atEnd = atEnd;
    }

    // ---- the thread's turn

    @Override
    public void block() {
        try {
            if (end == bytes.length) {
                bytes = new byte[Math.min(LARGEST_LENGTH, Math.max(FIRST_LENGTH, 2 * end))];
            }
            start = 0;
            end = Math.max(0, pipe.read(bytes));
            isAtEnd = end == 0;
        } catch (IOException e) {
            fail(e);
        } catch (Throwable e) {
            fail(new IOException("the thread of the pipe has failed: " + e, e));
        }
    }

    private void fail(IOException failure) {
        this.failure = failure;
        end = 0;
        isAtEnd = true;
    }

    // ---- the loop's turn

    @Override
    public void blocked() {
        isReading = false;
        if (isAtEnd) {
            bytes = new byte[0];
            endThread();
            atEnd.run();
        }
        inputReady();
    }

    @Override
    protected int tryRead(ByteBuffer into) throws IOException {
        if (isReading) {
            return 0;
        }
        int count = Math.min(end - start, into.remaining());
        into.put(bytes, start, count);
        start += count;
        if (count == 0 && isAtEnd) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return -1;
        }
        if (start == end && !isAtEnd) {
            giveTurn();
            isReading = true;
        }
        return count;
    }

    @Override
    protected void watchInput(boolean on) {
        countOutside(reader, on);
        if (on && !isReading) {
            inputReady();
        }
    }

    /** Lets virtual time stand still while {@code waiting} waits for a child. */
    static void countOutside(@Nullable Waiting<?> waiting, boolean on) {
        if (waiting != null) {
            waiting.countOutside(on);
        }
    }

    // ---- writing is not possible

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) {
        throw new UnsupportedOperationException(
                "the output of a child process can only be read: write to input()");
    }

    @Override
    protected boolean tryCloseOutput() {
        return true;
    }

    @Override
    protected void watchOutput(boolean on) {
        if (on) {
            outputReady();
        }
    }
}
