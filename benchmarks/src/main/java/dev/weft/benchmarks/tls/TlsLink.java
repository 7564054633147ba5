package dev.weft.benchmarks.tls;

import dev.weft.benchmarks.echo.Link;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** The client's end of a connection, encrypted by the engine of the JDK. */
public final class TlsLink implements Link {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer input;
    private final ByteBuffer output;

    private TlsLink(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        int size = engine.getSession().getPacketBufferSize();
        input = ByteBuffer.allocateDirect(size);
        output = ByteBuffer.allocateDirect(size);
    }

    /** Makes a link after the handshake. */
    public static TlsLink connect(SocketChannel channel, SSLContext context) throws IOException {
        SSLEngine engine = context.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        TlsLink link = new TlsLink(channel, engine);
        link.handshake();
        return link;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        ByteBuffer none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> write(NOTHING.duplicate());
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapOne(none);
                default -> {
                    return;
                }
            }
        }
    }

    private void unwrapOne(ByteBuffer none) throws IOException {
        if (unwrap(none) == SSLEngineResult.Status.BUFFER_UNDERFLOW && channel.read(input) < 0) {
            throw new EOFException("the server has ended the handshake");
        }
    }

    private SSLEngineResult.Status unwrap(ByteBuffer into) throws IOException {
        input.flip();
        SSLEngineResult.Status status = engine.unwrap(input, into).getStatus();
        input.compact();
        return status;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        int count = channel.read(input);
        SSLEngineResult.Status status = SSLEngineResult.Status.OK;
        while (input.position() > 0 && status == SSLEngineResult.Status.OK) {
            status = unwrap(into);
        }
        return count < 0 ? count : into.position() - before;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        do {
            output.clear();
            engine.wrap(bytes, output);
            output.flip();
            while (output.hasRemaining()) {
                channel.write(output);
            }
        } while (bytes.hasRemaining());
    }
}
