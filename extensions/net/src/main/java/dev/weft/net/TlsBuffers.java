package dev.weft.net;

import java.nio.ByteBuffer;

/**
 * The buffers of a thread for TLS records. A stream has one only while the buffer contains bytes,
 * so that idle streams share a few.
 */
final class TlsBuffers {
    /**
     * Room for two of the largest records. The engine of the JDK makes two records of 16,384 bytes,
     * and they should need one system call.
     */
    private static final int SIZE = 34_816;

    private static final ThreadLocal<TlsBuffers> OF_THREAD =
            ThreadLocal.withInitial(TlsBuffers::new);

    private final ByteBuffer[] free = new ByteBuffer[4];
    private int count;

    private TlsBuffers() {}

    /** Returns an empty buffer for at least {@code size} bytes. */
    static ByteBuffer take(int size) {
        if (size > SIZE) {
            return ByteBuffer.allocate(size);
        }
        TlsBuffers buffers = OF_THREAD.get();
        return buffers.count == 0
                ? ByteBuffer.allocate(SIZE)
                : buffers.free[--buffers.count].clear();
    }

    /** Takes a buffer back. The caller must not use that buffer any more. */
    static void give(ByteBuffer buffer) {
        TlsBuffers buffers = OF_THREAD.get();
        if (buffer.capacity() == SIZE && buffers.count < buffers.free.length) {
            buffers.free[buffers.count++] = buffer;
        }
    }
}
