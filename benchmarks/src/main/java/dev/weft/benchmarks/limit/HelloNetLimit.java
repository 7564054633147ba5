package dev.weft.benchmarks.limit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Says hello to the first client, by a selector. */
public final class HelloNetLimit {
    private HelloNetLimit() {}

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("port " + server.socket().getLocalPort());
            selector.select();
            try (SocketChannel accepted = server.accept()) {
                accepted.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
