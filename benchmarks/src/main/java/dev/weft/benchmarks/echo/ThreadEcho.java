package dev.weft.benchmarks.echo;

import dev.weft.benchmarks.peers.VirtualThreadPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/** A virtual thread with a buffer of its own for each connection. */
final class ThreadEcho {
    private static final int SIZE = 4_096;

    private ThreadEcho() {}

    static void run() throws IOException, ReflectiveOperationException {
        ThreadFactory threads = VirtualThreadPeer.factory();
        try (ServerSocket server = new ServerSocket()) {
            server.bind(EchoServer.address(), EchoServer.BACKLOG);
            EchoServer.ready((InetSocketAddress) server.getLocalSocketAddress());
            while (true) {
                Socket accepted = server.accept();
                threads.newThread(() -> echo(accepted)).start();
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream input = socket.getInputStream();
            OutputStream output = socket.getOutputStream();
            byte[] bytes = new byte[SIZE];
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                output.write(bytes, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
