package dev.weft.benchmarks.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.benchmarks.peers.VirtualThreadPeer;
import dev.weft.benchmarks.serving.ServerSide;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadFactory;

/** The server of the JDK, with a virtual thread for each request. */
final class JdkHttp {
    private JdkHttp() {}

    static void run() throws IOException, ReflectiveOperationException {
        ThreadFactory threads = VirtualThreadPeer.factory();
        HttpServer server = HttpServer.create(ServerSide.address(), ServerSide.BACKLOG);
        server.setExecutor(task -> threads.newThread(task).start());
        server.createContext(
                Answers.TEXT_PATH, exchange -> answer(exchange, Answers.TEXT_TYPE, Answers.TEXT));
        server.createContext(
                Answers.JSON_PATH, exchange -> answer(exchange, Answers.JSON_TYPE, Answers.json()));
        server.start();
        ServerSide.ready(server.getAddress());
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream output = exchange.getResponseBody()) { // the end keeps the connection
            output.write(body);
        }
    }
}
