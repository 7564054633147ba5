package dev.weft.samples.tutorial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.Coroutine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class CheckServiceTest {
    @Test
    void theServiceAnswersOverHttp() throws Exception {
        try (CheckService service = new CheckService(url -> Coroutine.of(200), 0)) {
            HttpResponse<String> response = get(service, "/check?a,b");

            assertEquals(200, response.statusCode());
            assertEquals("{a=up, b=up}\n", response.body());
        }
    }

    @Test
    void itChecksItselfByTheClientOfTheJdk() throws Exception {
        try (CheckService service = new CheckService(new HttpWeb(), 0)) {
            String url = "http://127.0.0.1:" + service.port() + "/nothing";

            assertEquals("{" + url + "=status 404}\n", get(service, "/check?" + url).body());
        }
    }

    private static HttpResponse<String> get(CheckService service, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
