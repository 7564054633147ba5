package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The web by the HTTP client of the JDK. */
final class HttpWeb implements Web {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    @Async
    public Coroutine<Integer> status(String url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse<Void> response = await(client.sendAsync(request, BodyHandlers.discarding()));
        return Coroutine.of(response.statusCode());
    }
}
