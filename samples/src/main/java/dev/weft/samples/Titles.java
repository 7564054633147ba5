package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Two HTTP requests at once, with the client of the JDK, whose futures can be awaited. */
public final class Titles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> POSTS =
            Map.of(1, "sunt aut facere", 2, "qui est esse");

    private final URI server;

    private Titles(URI server) {
        this.server = server;
    }

    @Async
    private Coroutine<String> fetchTitle(HttpClient client, int id) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/posts/" + id)).build();
        HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
        JsonNode post = JSON.readTree(response.body());
        return Coroutine.of(post.get("title").asText());
    }

    @Async
    private Coroutine<Void> main() throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        Task<String> first = Task.create(fetchTitle(client, 1));
        Task<String> second = Task.create(fetchTitle(client, 2));
        System.out.println("Post 1: " + await(first));
        System.out.println("Post 2: " + await(second));
        return Coroutine.done();
    }

    public static void main(String[] args) throws IOException {
        InetAddress localhost = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(localhost, 0), 0);
        server.createContext("/posts/", Titles::answer);
        server.start();
        String address = localhost.getHostAddress() + ":" + server.getAddress().getPort();
        try {
            run(new Titles(URI.create("http://" + address)).main());
        } finally {
            server.stop(0);
        }
    }

    /** Answers with the post whose number is at the end of the path, as a local server. */
    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        Map<String, Object> post =
                Map.of("userId", 1, "id", id, "title", POSTS.get(id), "body", "...");
        byte[] body = JSON.writeValueAsBytes(post);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
