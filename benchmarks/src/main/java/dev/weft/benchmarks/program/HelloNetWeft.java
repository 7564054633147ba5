package dev.weft.benchmarks.program;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Says hello to the first client. */
public final class HelloNetWeft {
    private HelloNetWeft() {}

    public static void main(String[] args) {
        run(() -> hello());
    }

    @Async
    private static Coroutine<Void> hello() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Server server = Server.bind(any)) {
            System.out.println("port " + ((InetSocketAddress) server.address()).getPort());
            try (ByteStream stream = await(server.accept())) {
                await(stream.write("hello\n"));
            }
        }
        return Coroutine.done();
    }
}
