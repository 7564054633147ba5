package dev.weft.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes in TLS records over another stream, after the handshake. A read of this stream
 * is a read of the plain stream. A record of the engine that answers a read, and what is left of a
 * cancelled write, go out when the plain stream takes them, also without a write.
 */
final class TlsStream extends ByteStream {
    /** The number of records, or parts of records, that one attempt of a read may take. */
    private static final int RECORDS = 32;

    /** The number of answers that the other side may demand without reading. */
    private static final int UNSENT_ANSWERS = 256;

    private final TlsRecords records;
    private final ByteStream plain;
    private final boolean isLenient;

    /** Decrypted bytes that the caller's buffer had no room for; null if there are none. */
    private @Nullable ByteBuffer decrypted;

    /** The failure of the engine, after which nothing is read or written; null without one. */
    private @Nullable SSLException failure;

    /** False if the last read has seen that the plain stream has no bytes. */
    private boolean mayHaveInput;

    private int unsentAnswers;
    private boolean watchesInput;
    private boolean watchesOutput;

    /** Creates a stream for {@link TlsHandshake}. */
    TlsStream(TlsRecords records, boolean isLenient) {
        super(records.plain.loop());
        this.records = records;
        this.plain = records.plain;
        this.isLenient = isLenient;
        plain.reader = new TlsHold(this::inputReady);
        plain.writer = new TlsHold(this::plainTakesOutput);
    }

    // ---- reading

    @Override
    protected int tryRead(ByteBuffer into) throws IOException {
        int start = into.position();
        mayHaveInput = true;
        for (int i = 0; i < RECORDS && into.hasRemaining(); i++) {
            boolean hasData = into.position() > start;
            if (decrypted != null) {
                moveTo(into);
            } else if (hasData) {
                if (!canDecryptMore(into)) {
                    break;
                }
            } else if (records.isInputEnded()) {
                return -1;
            } else {
                plain.checkOpen();
                if (isRecordMissing(into)) {
                    int count = records.fill();
                    mayHaveInput = count != 0;
                    if (count <= 0) {
                        return count == 0 ? 0 : truncated();
                    }
                }
            }
        }
        return into.position() - start;
    }

    /**
     * Decrypts another record that has come already. Returns false if there is none. A failure is
     * kept for the next read, so that this one gives what came before.
     */
    private boolean canDecryptMore(ByteBuffer into) {
        try {
            return !records.isInputEnded() && records.hasInput() && !isRecordMissing(into);
        } catch (SSLException e) {
            return false;
        }
    }

    private void moveTo(ByteBuffer into) {
        ByteBuffer from = decrypted;
        if (from == null) {
            return;
        }
        int count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count).position(into.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            TlsBuffers.give(from);
            decrypted = null;
        }
    }

    private int truncated() throws TruncatedStreamException {
        if (isLenient) {
            return -1;
        }
        throw new TruncatedStreamException(
                "the stream ended without close_notify: its last bytes may be missing; if that is"
                        + " acceptable, use TlsOptions.lenient()");
    }

    /** Decrypts a record, unless its end has not come. */
    private boolean isRecordMissing(ByteBuffer into) throws SSLException {
        checkFailure();
        if (!records.hasInput()) {
            return true;
        }
        try {
            SSLEngineResult result = records.unwrap(into);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                result = unwrapAside();
            }
            received(result);
            return result.getStatus() == Status.BUFFER_UNDERFLOW;
        } catch (SSLException e) {
            failure = e;
            sendAnswers();
            throw e;
        }
    }

    /** Decrypts a record that may be larger than the buffer of the caller. */
    private SSLEngineResult unwrapAside() throws SSLException {
        ByteBuffer into = TlsBuffers.take(records.engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = records.unwrap(into);
        if (into.flip().hasRemaining()) {
            decrypted = into;
        } else {
            TlsBuffers.give(into);
        }
        return result;
    }

    private void received(SSLEngineResult result) throws SSLException {
        HandshakeStatus status = result.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            throw new SSLException("the other side asks for a renegotiation, which is refused");
        }
        if (status == HandshakeStatus.NEED_WRAP && !sendAnswers()) {
            boolean isDemand = result.bytesConsumed() > 0 && result.bytesProduced() == 0;
            unsentAnswers += isDemand ? 1 : 0;
            if (unsentAnswers > UNSENT_ANSWERS) {
                throw new SSLException(
                        "the other side demands answers and does not read: "
                                + unsentAnswers
                                + " are waiting");
            }
        }
    }

    /** Sends what the engine owes as far as that goes without a wait. Returns whether all went. */
    boolean sendAnswers() {
        try {
            boolean isTaken = records.sendOwn();
            watchPlainOutput(!isTaken);
            unsentAnswers = isTaken ? 0 : unsentAnswers;
            return isTaken;
        } catch (IOException e) {
            return false; // what came can still be read, and the next write throws this again
        }
    }

    private void checkFailure() throws SSLException {
        if (failure != null) {
            throw new SSLException(failure.getMessage(), failure);
        }
    }

    // ---- writing

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        checkFailure();
        boolean isTaken = false;
        while (!isTaken && drain()) {
            isTaken = encrypt(buffers, first);
        }
        drain();
    }

    /** Encrypts data as far as there is room for it. Returns whether that was any. */
    private boolean encrypt(ByteBuffer[] buffers, int first) throws IOException {
        boolean isTaken = false;
        do {
            SSLEngineResult result = records.wrap(buffers, first);
            isTaken |= result.bytesConsumed() > 0;
            if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                if (!isTaken) {
                    throw notTaken();
                }
                break;
            }
        } while (records.hasRoom() && hasRemaining(buffers, first));
        return isTaken;
    }

    private static boolean hasRemaining(ByteBuffer[] buffers, int first) {
        for (int i = first; i < buffers.length; i++) {
            if (buffers[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /** Gives the output to the plain stream, and if some is left, later again without a write. */
    private boolean drain() throws IOException {
        boolean isTaken = records.drain();
        if (!isTaken) {
            watchPlainOutput(true);
        }
        return isTaken;
    }

    private IOException notTaken() {
        return records.isInputEnded()
                ? new ConnectionResetException(
                        "the other side has closed the connection: before TLS 1.3 that ends both"
                                + " directions",
                        null)
                : new StreamClosedException("output closed");
    }

    @Override
    protected boolean tryFlush() throws IOException {
        return drain() && plain.tryFlush();
    }

    @Override
    protected boolean tryCloseOutput() throws IOException {
        checkFailure();
        boolean isTaken = records.sendClose();
        watchPlainOutput(!isTaken);
        return isTaken && plain.tryFlush();
    }

    // ---- readiness

    @Override
    protected void watchInput(boolean on) {
        if (on && mayHaveInput) {
            mayHaveInput = false;
            inputReady();
        } else if (on != watchesInput) {
            watchesInput = on;
            plain.watchInput(on);
        }
    }

    @Override
    protected void watchOutput(boolean on) {
        watchPlainOutput(on || records.hasOutput());
    }

    private void watchPlainOutput(boolean on) {
        if (on != watchesOutput) {
            watchesOutput = on;
            plain.watchOutput(on);
        }
    }

    /** Gives the output to the plain stream, and then lets a write go on. */
    private boolean plainTakesOutput() {
        watchPlainOutput(false);
        try {
            if (!drain()) {
                return true;
            }
        } catch (IOException e) {
            // the write throws this again
        }
        return outputReady();
    }

    // ---- the end

    @Override
    protected void release(boolean resets) {
        try {
            if (!plain.isClosed() && failure == null) {
                records.sendClose();
            }
        } catch (IOException gone) {
            // nobody is there who could read close_notify
        }
        records.release();
        if (decrypted != null) {
            TlsBuffers.give(decrypted);
            decrypted = null;
        }
        plain.close();
    }

    // ---- properties

    @Override
    protected SSLSession tlsSession() {
        return records.engine.getSession();
    }

    @Override
    protected String tlsProtocol() {
        String protocol = records.engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    /** Returns whether this keeps a buffer. */
    boolean hasBuffers() {
        return decrypted != null || records.hasInput() || records.hasOutput();
    }

    @Override
    public @Nullable SocketAddress local() {
        return plain.local();
    }

    @Override
    public @Nullable SocketAddress remote() {
        return plain.remote();
    }

    @Override
    public <T> ByteStream option(SocketOption<T> name, T value) throws IOException {
        plain.option(name, value);
        return this;
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> name) throws IOException {
        return plain.option(name);
    }
}
