package dev.weft.benchmarks.echo;

import dev.weft.benchmarks.peers.VirtualThreadPeer;
import dev.weft.benchmarks.serving.ServerSide;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/** A virtual thread with a buffer of its own for each connection. */
public final class ThreadEcho {
    private ThreadEcho() {}

    /** Binds a server and serves, with buffers of {@code size} bytes. */
    public static void run(ServerSocket unbound, int size)
            throws IOException, ReflectiveOperationException {
        ThreadFactory threads = VirtualThreadPeer.factory();
        try (ServerSocket server = unbound) {
            server.bind(ServerSide.address(), ServerSide.BACKLOG);
            ServerSide.ready((InetSocketAddress) server.getLocalSocketAddress());
            while (true) {
                Socket accepted = server.accept();
                threads.newThread(() -> echo(accepted, size)).start();
            }
        }
    }

    private static void echo(Socket socket, int size) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream input = socket.getInputStream();
            OutputStream output = socket.getOutputStream();
            byte[] bytes = new byte[size];
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                output.write(bytes, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
