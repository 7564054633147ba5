package dev.weft.samples.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Passes on the connections of a port to another host. A side that ends its output ends only that
 * direction. A side that reads slowly slows the other side down, and nothing is kept in memory.
 */
public final class Proxy {
    private Proxy() {}

    @Async
    static Coroutine<Void> serve(Server server, SocketAddress target) throws IOException {
        return server.serve(client -> connect(client, target));
    }

    @Async
    private static Coroutine<Void> connect(ByteStream client, SocketAddress target)
            throws IOException {
        try (ByteStream host = await(ByteStream.connect(target))) {
            await(TaskGroup.scope(group -> copyBoth(group, client, host)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> copyBoth(TaskGroup group, ByteStream client, ByteStream host) {
        group.create("to the host", () -> copy(client, host));
        group.create("to the client", () -> copy(host, client));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> copy(ByteStream from, ByteStream to) throws IOException {
        await(from.transferTo(to));
        return to.closeOutput();
    }

    public static void main(String[] args) {
        InetSocketAddress target = new InetSocketAddress(args[1], Integer.parseInt(args[2]));
        run(() -> main(Integer.parseInt(args[0]), target));
    }

    @Async
    private static Coroutine<Void> main(int port, SocketAddress target) throws IOException {
        try (Server server = Server.bind(new InetSocketAddress(port)).maxConnections(1_000)) {
            await(serve(server, target));
        }
        return Coroutine.done();
    }
}
