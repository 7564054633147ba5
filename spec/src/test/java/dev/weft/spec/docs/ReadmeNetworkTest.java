package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.http.HttpServer;
import dev.weft.http.Request;
import dev.weft.http.Response;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import dev.weft.netty.NettyLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.handler.logging.LoggingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The examples of README.md for the network. */
@WeftTest
class ReadmeNetworkTest {
    @Async
    static Coroutine<Void> shout(ByteStream stream) throws IOException {
        for (String line = await(stream.readLine());
                line != null;
                line = await(stream.readLine())) {
            await(stream.write(line.toUpperCase(Locale.ROOT) + "\n"));
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> serve(SocketAddress address) throws IOException {
        try (Server server = Server.bind(address)) {
            await(server.serve(stream -> shout(stream))); // a task for each connection
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Response> greet(Request request) {
        await(sleep(ofMillis(100))); // stands for a database
        return Coroutine.of(Response.text("Hello, " + request.pathParameter("name") + "!\n"));
    }

    @Async
    static Coroutine<Void> serveHttp(SocketAddress address) throws IOException {
        try (HttpServer server = HttpServer.bind(address)) {
            await(server.route("GET", "/hello/{name}", request -> greet(request)).serve());
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> firstLine(SocketAddress address) throws IOException {
        NettyLoop netty = NettyLoop.current(); // this loop waits in Netty from now on
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(netty.eventLoop()) // handlers run on the thread of this loop
                        .channel(netty.socketChannel())
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new LoggingHandler());
        ChannelFuture connected = bootstrap.connect(address);
        await(NettyLoop.of(connected));
        try (ByteStream stream = NettyLoop.stream(connected.channel())) {
            return Coroutine.of(await(stream.readLine()));
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        InetAddress host = InetAddress.getLoopbackAddress();
        try (Server server = Server.bind(new InetSocketAddress(host, 0))) {
            return (InetSocketAddress) server.address();
        }
    }

    @Test
    @Async
    Coroutine<Void> linesComeBackInCapitals() throws IOException {
        InetSocketAddress address = freeAddress();
        Task<Void> serving = Task.create(() -> serve(address));
        await(sleep(ofMinutes(1)));
        try (ByteStream stream = await(ByteStream.connect(address))) {
            await(stream.write("hello\nagain\n"));
            assertThat(await(stream.readLine())).isEqualTo("HELLO");
            assertThat(await(stream.readLine())).isEqualTo("AGAIN");
        }
        serving.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aGreetingIsAnswered() throws IOException {
        assertThat(NettyLoop.current()).isNotNull(); // before the first socket
        InetSocketAddress address = freeAddress();
        Task<Void> serving = Task.create(() -> serveHttp(address));
        await(sleep(ofMinutes(1)));
        try (ByteStream stream = await(ByteStream.connect(address))) {
            await(stream.write("GET /hello/Ada HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            assertThat(new String(await(stream.readAll(1_000)), UTF_8))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nHello, Ada!\n");
        }
        serving.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPipelineOfNettyIsRead() throws IOException {
        assertThat(NettyLoop.current()).isNotNull(); // before the first socket
        InetAddress host = InetAddress.getLoopbackAddress();
        try (Server server = Server.bind(new InetSocketAddress(host, 0))) {
            Task<Void> serving =
                    Task.create(() -> server.serve(stream -> stream.write("welcome\nbye\n")));
            assertThat(await(firstLine(server.address()))).isEqualTo("welcome");
            serving.cancel();
        }
        return Coroutine.done();
    }
}
