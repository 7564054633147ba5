package dev.weft.benchmarks.http;

import dev.weft.benchmarks.serving.ServerSide;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One acceptor and one selector of Jetty. Handlers may block, so each has a virtual thread. */
final class JettyHttp extends Handler.Abstract {
    private JettyHttp() {}

    static void run() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConnectionFactory http = new HttpConnectionFactory();
        http.getHttpConfiguration().setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, http);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(ServerSide.BACKLOG);
        server.addConnector(connector);
        server.setHandler(new JettyHttp());
        server.start();
        ServerSide.ready(connector.getLocalPort());
        server.join();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (Request.getPathInContext(request)) {
            case Answers.TEXT_PATH -> answer(response, callback, Answers.TEXT_TYPE, Answers.TEXT);
            case Answers.JSON_PATH -> answer(response, callback, Answers.JSON_TYPE, Answers.json());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void answer(Response response, Callback callback, String type, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
