package dev.weft.net;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.util.Random;
import javax.net.ssl.SSLContext;

/** Two ends of TLS, for tests. */
final class TlsPairs {
    static final String V12 = "TLSv1.2";
    static final String V13 = "TLSv1.3";

    private static final SSLContext SERVER = Certificates.context("server", "TLS");

    private TlsPairs() {}

    /** Returns the settings of a client that trusts the tests' authority. */
    static TlsOptions client(String version) {
        return TlsOptions.host("localhost").context(Certificates.trusting(version));
    }

    static TlsOptions server() {
        return TlsOptions.server(serverContext());
    }

    static SSLContext serverContext() {
        return SERVER;
    }

    /** Makes the left end the client and the right end the server. */
    @Async
    static Coroutine<ByteStream.Pair> secure(ByteStream.Pair plain, String version)
            throws IOException {
        return secure(plain, client(version), server());
    }

    @Async
    static Coroutine<ByteStream.Pair> secure(
            ByteStream.Pair plain, TlsOptions client, TlsOptions server) throws IOException {
        Task<ByteStream> serving = Task.create(() -> Tls.server(plain.right(), server));
        ByteStream left = await(Tls.client(plain.left(), client));
        return Coroutine.of(new ByteStream.Pair(left, await(serving)));
    }

    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Writes {@code count} pieces of {@code size} bytes. */
    @Async
    static Coroutine<Void> sendPieces(ByteStream stream, int count, int size) throws IOException {
        for (int i = 0; i < count; i++) {
            await(stream.write(new byte[size]));
        }
        return Coroutine.done();
    }

    /** Returns the failure of an operation. */
    @Async
    static <T> Coroutine<Throwable> failure(Coroutine<T> operation) {
        try {
            await(operation);
        } catch (Exception e) {
            return Coroutine.of(e);
        }
        throw new AssertionError("no exception");
    }
}
