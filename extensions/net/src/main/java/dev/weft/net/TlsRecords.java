package dev.weft.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The records of a TLS engine on their way from and to the plain stream. */
final class TlsRecords {
    /** The largest number of data bytes in a record. */
    private static final int RECORD = 16_384;

    private static final ByteBuffer[] NO_DATA = {ByteBuffer.allocate(0)};

    final ByteStream plain;
    final SSLEngine engine;

    /** The bytes that came and were not decrypted; null if there are none. */
    private @Nullable ByteBuffer input;

    /** The encrypted bytes that the plain stream has not taken; null if there are none. */
    private @Nullable ByteBuffer output;

    /** True after the close_notify of the other side. */
    private boolean isInputEnded;

    TlsRecords(ByteStream plain, SSLEngine engine) {
        this.plain = plain;
        this.engine = engine;
    }

    // ---- input

    boolean hasInput() {
        return input != null;
    }

    /** Takes what has come; the result is that of {@link ByteStream#tryRead}. */
    int fill() throws IOException {
        ByteBuffer room = room();
        try {
            return plain.pull(room);
        } finally {
            filled(room);
        }
    }

    private ByteBuffer room() throws SSLException {
        ByteBuffer in = input == null ? TlsBuffers.take(packetSize()).limit(0) : input;
        if (in.limit() == in.capacity()) {
            in = in.position() > 0 ? in.compact().flip() : larger(in);
        }
        input = in;
        return in.duplicate().position(in.limit()).limit(in.capacity());
    }

    private ByteBuffer larger(ByteBuffer full) throws SSLException {
        if (packetSize() <= full.capacity()) {
            throw new SSLException("a record has more than " + full.capacity() + " bytes");
        }
        return ByteBuffer.allocate(packetSize()).put(full).flip();
    }

    private void filled(ByteBuffer room) {
        if (input != null) {
            input.limit(room.position());
            releaseInputIfEmpty();
        }
    }

    /** Decrypts the first record of the input. */
    SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
        try {
            SSLEngineResult result = engine.unwrap(input == null ? NO_DATA[0] : input, into);
            isInputEnded |= result.getStatus() == Status.CLOSED;
            return result;
        } finally {
            releaseInputIfEmpty();
        }
    }

    boolean isInputEnded() {
        return isInputEnded;
    }

    private void releaseInputIfEmpty() {
        if (input != null && !input.hasRemaining()) {
            TlsBuffers.give(input);
            input = null;
        }
    }

    // ---- output

    /**
     * Encrypts one record and appends it to the output, which must be empty or have room for it.
     * The engine's own records come first, and then no data is consumed.
     */
    SSLEngineResult wrap(ByteBuffer[] data, int first) throws SSLException {
        ByteBuffer out = output == null ? TlsBuffers.take(packetSize()).limit(0) : output;
        int start = out.position();
        out.position(out.limit()).limit(out.capacity());
        int count = together(data, first);
        try {
            SSLEngineResult result = engine.wrap(data, first, count, out);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) { // the packet size has changed
                ByteBuffer larger = ByteBuffer.allocate(out.position() + 2 * packetSize());
                out = larger.put(out.flip());
                result = engine.wrap(data, first, count, out);
            }
            return result;
        } finally {
            out.limit(out.position()).position(start);
            if (out.hasRemaining()) {
                output = out;
            } else {
                TlsBuffers.give(out);
            }
        }
    }

    /** Returns whether another record can be appended to the output. */
    boolean hasRoom() {
        return output != null && output.capacity() - output.limit() >= packetSize();
    }

    /** Returns the number of buffers that fill a record. The engine looks at all that it gets. */
    private static int together(ByteBuffer[] data, int first) {
        int bytes = 0;
        int end = first;
        while (end < data.length && bytes < RECORD) {
            bytes += Math.min(data[end++].remaining(), RECORD);
        }
        return end - first;
    }

    /** Gives the output to the plain stream. Returns whether all was taken. */
    boolean drain() throws IOException {
        ByteBuffer out = output;
        if (out == null) {
            return true;
        }
        plain.checkOpen();
        int before = out.remaining();
        if (before > 0) {
            plain.tryWrite(new ByteBuffer[] {out}, 0);
        }
        if (out.remaining() < before) {
            plain.active();
        }
        if (out.hasRemaining()) {
            return false;
        }
        if (output != null) { // otherwise taken meanwhile: the plain stream may have called back
            output = null;
            TlsBuffers.give(out);
        }
        return true;
    }

    boolean hasOutput() {
        return output != null;
    }

    /**
     * Sends the records that the engine itself has: alerts, answers, session tickets. Returns false
     * if the plain stream takes no more.
     */
    boolean sendOwn() throws IOException {
        while (drain()) {
            if (!owesRecord() || wrap(NO_DATA, 0).bytesProduced() == 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the engine has a record of its own to send. */
    boolean owesRecord() {
        // after the end of the input TLS 1.3 owes nothing, though the engine asks for close_notify
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && !(isInputEnded && isTls13());
    }

    /** Sends close_notify. Returns false if the plain stream takes no more. */
    boolean sendClose() throws IOException {
        engine.closeOutbound();
        while (drain()) {
            if (engine.isOutboundDone() || wrap(NO_DATA, 0).bytesProduced() == 0) {
                return true;
            }
        }
        return false;
    }

    /** Encrypts one record of the engine into the output, which must be empty. */
    SSLEngineResult wrapOwn() throws SSLException {
        return wrap(NO_DATA, 0);
    }

    // ---- both

    boolean isTls13() {
        return engine.getSession().getProtocol().equals("TLSv1.3");
    }

    int packetSize() {
        return engine.getSession().getPacketBufferSize();
    }

    /** Drops all bytes. */
    void release() {
        if (input != null) {
            TlsBuffers.give(input);
            input = null;
        }
        if (output != null) {
            TlsBuffers.give(output);
            output = null;
        }
    }
}
