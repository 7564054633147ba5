package dev.weft.benchmarks.echo;

import dev.weft.benchmarks.serving.ServerSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The limit: one selector and one buffer for all connections, no task, no waiting write, no error
 * handling.
 */
final class SelectorEcho {
    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer buffer;

    private SelectorEcho(int size) throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(ServerSide.address(), ServerSide.BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        buffer = ByteBuffer.allocateDirect(size);
    }

    static void run(int size) throws IOException {
        SelectorEcho echo = new SelectorEcho(size);
        ServerSide.ready((InetSocketAddress) echo.server.getLocalAddress());
        while (true) {
            echo.selector.select(echo::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                echo((SocketChannel) key.channel());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel accepted = server.accept();
        if (accepted != null) {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accepted.register(selector, SelectionKey.OP_READ);
        }
    }

    private void echo(SocketChannel channel) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
