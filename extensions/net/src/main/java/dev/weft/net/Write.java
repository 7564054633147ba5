package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A write to a {@link ByteStream}. */
final class Write extends Output {
    /** The number of times that a write gives bytes to the system before it gives up its turn. */
    private static final int TRIES = 16;

    private final ByteBuffer[] buffers;

    /** The number of bytes behind each buffer; null for a single buffer. */
    private final long @Nullable [] behind;

    /** The index of the first buffer that is not empty. */
    private int first;

    private final long total;
    private long left;

    Write(ByteStream stream, ByteBuffer[] buffers) {
        super(stream);
        this.buffers = buffers;
        this.behind = buffers.length > 1 ? bytesBehind(buffers) : null;
        this.total = remaining();
        this.left = total;
    }

    private static long[] bytesBehind(ByteBuffer[] buffers) {
        long[] behind = new long[buffers.length];
        for (int i = buffers.length - 2; i >= 0; i--) {
            behind[i] = behind[i + 1] + buffers[i + 1].remaining();
        }
        return behind;
    }

    /** Returns the number of bytes that are left. A sum over all buffers would be quadratic. */
    private long remaining() {
        while (first < buffers.length && !buffers[first].hasRemaining()) {
            first++;
        }
        if (first == buffers.length) {
            return 0;
        }
        return buffers[first].remaining() + (behind == null ? 0 : behind[first]);
    }

    @Override
    @Nullable Object attempt(Task<?> task) throws IOException {
        stream.checkOutput();
        for (int tries = 0; left > 0; tries++) {
            long before = left;
            if (tries == TRIES) {
                return PENDING;
            }
            stream.tryWrite(buffers, first);
            left = remaining();
            if (left == before) {
                return PENDING;
            }
            stream.active();
        }
        return stream.tryFlush() ? null : PENDING;
    }

    @Override
    void cancelled() {
        if (left > 0 && left < total) {
            stream.breakOutput("a write was cancelled after " + Reads.partOf(total - left, total));
        }
    }
}
