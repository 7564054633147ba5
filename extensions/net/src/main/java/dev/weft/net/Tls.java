package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS by the engine of the JDK, over any stream.
 *
 * <pre>{@code
 * ByteStream plain = await(ByteStream.connect("example.org", 443));
 * try (ByteStream stream = await(Tls.client(plain, "example.org"))) {
 *     await(stream.write("GET / HTTP/1.0\r\n\r\n"));
 *     String status = await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>A call returns when the handshake is complete. Its computations run off the loop. A handshake
 * that fails or is cancelled closes the plain stream. Bytes that the plain stream has read ahead
 * are part of the handshake, so a protocol may begin in plain text (STARTTLS). From then on the
 * plain stream belongs to TLS: other reads and writes of it are refused.
 *
 * <p>The end of the stream is {@code close_notify}. Without it, reads throw {@link
 * TruncatedStreamException}, unless {@link TlsOptions#lenient} is set. {@code closeOutput} sends
 * {@code close_notify}, and reads go on. Up to TLS 1.2 the other side then ends its output, too.
 * {@code close} sends {@code close_notify} if that needs no wait, does not wait for an answer, and
 * closes the plain stream. A write has begun when its first record was encrypted. A renegotiation
 * is refused: reads and writes then throw {@link SSLException}.
 *
 * <p>With TLS 1.3 the server checks the certificate of a client after the client's handshake. A
 * refusal reaches the client as an {@link SSLException} of its first read.
 */
public final class Tls {
    private Tls() {}

    /**
     * Makes a client of the plain stream, which trusts what {@link SSLContext#getDefault} trusts.
     *
     * @param host the name or address that the certificate of the server must have
     * @param protocols the offer for ALPN, best first
     * @throws SSLException if the handshake fails
     */
    @Async
    public static Coroutine<ByteStream> client(ByteStream plain, String host, String... protocols)
            throws IOException {
        return client(plain, TlsOptions.host(host).protocols(protocols));
    }

    /**
     * Makes a client of the plain stream.
     *
     * @throws IllegalArgumentException if the options have no host
     * @throws SSLException if the handshake fails
     */
    @Async
    public static Coroutine<ByteStream> client(ByteStream plain, TlsOptions options)
            throws IOException {
        SSLContext context = await(contextOf(options));
        return TlsHandshake.run(
                new TlsRecords(plain, options.clientEngine(context, plain)), options.isLenient());
    }

    /**
     * Makes a server of the plain stream.
     *
     * @param context the key and certificate of the server
     * @param protocols the choice for ALPN, best first; a client that offers only others is refused
     * @throws SSLException if the handshake fails
     */
    @Async
    public static Coroutine<ByteStream> server(
            ByteStream plain, SSLContext context, String... protocols) throws IOException {
        return server(plain, TlsOptions.server(context).protocols(protocols));
    }

    /**
     * Makes a server of the plain stream.
     *
     * @throws SSLException if the handshake fails
     */
    @Async
    public static Coroutine<ByteStream> server(ByteStream plain, TlsOptions options)
            throws IOException {
        SSLContext context = await(contextOf(options));
        return TlsHandshake.run(
                new TlsRecords(plain, options.serverEngine(context)), options.isLenient());
    }

    /** Returns the context. Making the default one reads files, so that is done off the loop. */
    @Async
    private static Coroutine<SSLContext> contextOf(TlsOptions options) throws IOException {
        SSLContext context = options.context();
        return context == null ? defaultContext() : Coroutine.of(context);
    }

    @Async
    private static Coroutine<SSLContext> defaultContext() throws IOException {
        return Coroutine.of(await(blocking(() -> TlsOptions.defaultContext())));
    }

    /**
     * Returns the protocol that ALPN has chosen. Returns an empty text if none was chosen, and for
     * a stream without TLS.
     */
    public static String protocol(ByteStream stream) {
        return stream.tlsProtocol();
    }

    /**
     * Returns the session of the stream: the version of TLS, the cipher suite, and the certificates
     * of the other side. A pipeline of Netty has a session while its channel is open, and a valid
     * one when its handshake has ended.
     *
     * @throws IllegalArgumentException if the stream has no session of TLS
     */
    public static SSLSession session(ByteStream stream) {
        SSLSession session = stream.tlsSession();
        if (session == null) {
            throw new IllegalArgumentException(
                    "the stream has no TLS: pass what Tls.client or Tls.server has returned");
        }
        return session;
    }
}
