package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** The handshake of a TLS stream. */
final class TlsHandshake {
    private final TlsStream stream;
    private final TlsRecords records;
    private final SSLEngine engine;

    private TlsHandshake(TlsStream stream, TlsRecords records) {
        this.stream = stream;
        this.records = records;
        this.engine = records.engine;
    }

    /** Returns the stream when the handshake is complete. Otherwise the plain stream is closed. */
    @Async
    static Coroutine<ByteStream> run(TlsRecords records, boolean isLenient) throws IOException {
        checkUsable(records.plain);
        TlsStream stream = new TlsStream(records, isLenient);
        try {
            await(new TlsHandshake(stream, records).complete());
            return Coroutine.of(stream);
        } catch (Throwable failure) {
            stream.close(); // sends the alert of the engine
            throw failure;
        }
    }

    private static void checkUsable(ByteStream plain) throws IOException {
        Task<?> task = Task.current();
        if (task != null) {
            plain.use(task);
        }
        Waiting<?> user = plain.reader != null ? plain.reader : plain.writer;
        if (user != null) {
            throw new IllegalStateException(
                    "TLS cannot begin: " + user.taskName() + " uses the stream");
        }
    }

    @Async
    private Coroutine<Void> complete() throws IOException {
        engine.beginHandshake();
        while (!isComplete()) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                await(blocking(() -> runTasks()));
            } else if (status == HandshakeStatus.NEED_WRAP && !stream.tryFlush()) {
                await(exchange(false));
            } else if (status == HandshakeStatus.NEED_WRAP) {
                wrap();
            } else if (isRecordMissing() && !await(exchange(true))) {
                throw ended();
            }
        }
        if (engine.isInboundDone() || engine.isOutboundDone()) {
            throw ended();
        }
        stream.sendAnswers(); // and the last records, without a wait: a client may not read yet
        return Coroutine.done();
    }

    private void wrap() throws SSLException {
        if (records.wrapOwn().bytesProduced() == 0) {
            throw ended();
        }
    }

    private TlsExchange exchange(boolean isForInput) {
        return new TlsExchange(stream, records, isForInput);
    }

    private boolean isComplete() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    }

    private void runTasks() {
        for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
            task.run();
        }
    }

    /** Decrypts a record of the handshake, unless its end has not come. */
    private boolean isRecordMissing() throws SSLException {
        ByteBuffer none = TlsBuffers.take(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = records.unwrap(none);
        TlsBuffers.give(none);
        if (result.getStatus() == Status.CLOSED) {
            throw ended();
        }
        return result.getStatus() == Status.BUFFER_UNDERFLOW;
    }

    private static SSLHandshakeException ended() {
        return new SSLHandshakeException(
                "the other side closed the connection during the handshake");
    }
}
