package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.LoopThread;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ControllerTest {
    private static ConfigurableApplicationContext context;
    private static HttpClient client;
    private static String address;

    @BeforeAll
    static void start() {
        context =
                SpringApplication.run(
                        SampleApplication.class,
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=ERROR",
                        "--spring.mvc.async.request-timeout=700ms");
        address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        context.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("weft");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theResultIsWrittenAsTheMethodsResultWouldBe() throws Exception {
        HttpResponse<String> response = get("/prices/tea");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"item\":\"tea\",\"cents\":300}");
    }

    @Test
    void tasksRunSideBySide() throws Exception {
        assertThat(get("/all").body())
                .isEqualTo("[{\"item\":\"tea\",\"cents\":300},{\"item\":\"cake\",\"cents\":400}]");
    }

    @Test
    void aResponseEntityDecidesTheStatus() throws Exception {
        HttpResponse<String> response = get("/created");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("made");
    }

    @Test
    void aCoroutineThatIsReadyIsAnswered() throws Exception {
        assertThat(get("/ready").body()).isEqualTo("at once");
    }

    @Test
    void aCoroutineWithoutAResultGivesAnEmptyBody() throws Exception {
        HttpResponse<String> response = get("/nothing");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aFailureGoesToTheExceptionHandlerOfTheController() throws Exception {
        HttpResponse<String> response = get("/prices/unknown");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no price of unknown");
    }

    @Test
    void nullInPlaceOfACoroutineIsAnError() throws Exception {
        assertThat(get("/null").statusCode()).isEqualTo(500);
    }

    @Test
    void theFutureOfATaskNeedsNoHandler() throws Exception {
        assertThat(get("/future").body()).isEqualTo("{\"item\":\"tea\",\"cents\":300}");
    }

    @Test
    void aRequestThatTimesOutCancelsItsTask() throws Exception {
        SampleApplication.LOG.clear();
        assertThat(get("/slow").statusCode()).isEqualTo(503);
        CompletableFuture<Void> afterwards = new CompletableFuture<>();
        // The cancellation was handed in before.
        context.getBean(LoopThread.class).loop().execute(() -> afterwards.complete(null));
        afterwards.get();
        assertThat(SampleApplication.LOG).containsExactly("begun", "ended");
    }
}
