package dev.weft.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream over another that counts the bytes, and can hold them back or change them. */
final class Tap extends ByteStream {
    private final ByteStream inner;

    /** True if writes take nothing. */
    boolean isBlocked;

    /** True if writes change the last byte. */
    boolean isForging;

    long read;
    long written;

    Tap(ByteStream inner) {
        super(null);
        this.inner = inner;
        inner.reader = new TlsHold(this::inputReady);
        inner.writer = new TlsHold(this::outputReady);
    }

    /** Reports input, as a selector does. Returns whether a read waited. */
    boolean reportInput() {
        return inputReady();
    }

    /** Reports that bytes can be written. Returns whether a write waited. */
    boolean reportOutput() {
        return outputReady();
    }

    @Override
    protected int tryRead(ByteBuffer into) throws IOException {
        int count = inner.tryRead(into);
        read += Math.max(0, count);
        return count;
    }

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        if (!isBlocked) {
            int before = buffers[first].remaining();
            if (isForging) {
                int last = buffers[first].limit() - 1;
                buffers[first].put(last, (byte) (buffers[first].get(last) ^ 1));
            }
            inner.tryWrite(new ByteBuffer[] {buffers[first]}, 0);
            written += before - buffers[first].remaining();
        }
    }

    @Override
    protected boolean tryCloseOutput() throws IOException {
        return inner.tryCloseOutput();
    }

    @Override
    protected void watchInput(boolean on) {
        inner.watchInput(on);
    }

    @Override
    protected void watchOutput(boolean on) {
        inner.watchOutput(on && !isBlocked);
    }

    @Override
    protected void release(boolean resets) {
        inner.close();
    }

    @Override
    public @Nullable SocketAddress local() {
        return inner.local();
    }

    @Override
    public @Nullable SocketAddress remote() {
        return inner.remote();
    }
}
