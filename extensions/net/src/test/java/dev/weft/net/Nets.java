package dev.weft.net;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Helpers of the tests of this package. */
final class Nets {
    /** A free port of the loopback address. */
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private Nets() {}

    /** Returns the exception with which {@code body} fails. */
    @Async
    static <T> Coroutine<Throwable> failure(AsyncCallable<T> body) {
        Throwable thrown = null;
        try {
            await(body.call());
        } catch (Throwable expected) {
            thrown = expected;
        }
        if (thrown == null) {
            throw new AssertionError("no exception");
        }
        return Coroutine.of(thrown);
    }

    /** Writes back what comes, up to the end. */
    @Async
    static Coroutine<Void> echo(ByteStream stream) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1_024);
        while (await(stream.read(buffer)) >= 0) {
            await(stream.write(buffer.flip()));
            buffer.clear();
        }
        return Coroutine.done();
    }

    static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    /** Connects a blocking socket of the JDK. */
    static Socket plain(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address);
        return socket;
    }

    /** Closes a resource of a try statement before the end of the statement. */
    static void close(ByteStream stream) {
        stream.close();
    }

    /** Closes a resource of a try statement before the end of the statement. */
    static void close(Server server) {
        server.close();
    }

    /** Closes a resource of a try statement before the end of the statement. */
    static void close(Tcp tcp) {
        tcp.close();
    }

    /** Closes a resource of a try statement before the end of the statement. */
    static void close(Socket socket) throws IOException {
        socket.close();
    }

    /** Two connected TCP streams. */
    record Tcp(ByteStream client, ByteStream served) implements AutoCloseable {
        @Async
        static Coroutine<Tcp> open() throws IOException {
            try (Server server = Server.bind(ANY)) {
                ByteStream client = await(ByteStream.connect(server.address()));
                return Coroutine.of(new Tcp(client, await(server.accept())));
            }
        }

        @Override
        public void close() {
            client.close();
            served.close();
        }
    }

    /** Returns the number of open file descriptors of this process. */
    static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns bytes that differ from their neighbours. */
    static byte[] numbered(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 7 + (i >> 16));
        }
        return bytes;
    }
}
