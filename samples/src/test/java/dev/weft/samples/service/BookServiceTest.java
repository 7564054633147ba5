package dev.weft.samples.service;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.http.HttpServer;
import dev.weft.samples.jdbc.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the service beside a PostgreSQL, and talks to the service as a client. */
@Timeout(60)
class BookServiceTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BOOK =
            "{\"isbn\":\"9780131103627\",\"title\":\"The C Programming Language\",\"year\":1988}";

    private static EmbeddedPostgres postgres;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> reports = new ArrayList<>();

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void dropTables() throws SQLException {
        update("drop table if exists book, change");
    }

    // ---- the service and its client

    /** A service that runs. */
    private final class Running {
        final HttpServer server;
        final Task<Void> serving;

        Running(HttpServer server, Task<Void> serving) {
            this.server = server;
            this.serving = serving;
        }

        URI uri(String path) {
            int port = ((InetSocketAddress) server.address()).getPort();
            return URI.create("http://127.0.0.1:" + port + path);
        }

        @Async
        Coroutine<HttpResponse<String>> send(String method, String path, String body) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri(path))
                            .method(method, BodyPublishers.ofString(body))
                            .build();
            return Coroutine.of(await(http.sendAsync(request, BodyHandlers.ofString())));
        }

        /** Returns the status and the body of an answer. */
        @Async
        Coroutine<String> ask(String method, String path, String body) {
            HttpResponse<String> response = await(send(method, path, body));
            return Coroutine.of((response.statusCode() + " " + response.body()).strip());
        }

        Coroutine<String> ask(String method, String path) {
            return ask(method, path, "");
        }
    }

    private void serve(Duration limit, AsyncFunction<Running, Void> client) {
        try (Database database = new Database(postgres.getPostgresDatabase(), 4)) {
            Weft.runner()
                    .exceptionHandler(unhandled -> reports.add(unhandled.message()))
                    .run(() -> run(new Books(database), limit, client));
        }
    }

    @Async
    private Coroutine<Void> run(Books books, Duration limit, AsyncFunction<Running, Void> client)
            throws Exception {
        await(books.createTables());
        try (HttpServer server = HttpServer.bind(ANY)) {
            Task<Void> serving = Task.create(() -> new BookService(books, limit).serve(server));
            await(client.apply(new Running(server, serving)));
            serving.cancel();
            await(gatherOutcomes(serving));
        }
        return Coroutine.done();
    }

    // ---- the database

    private static void update(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String select(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Keeps all others from the table until the result is closed. */
    private static Connection lockBooks() throws SQLException {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("lock table book in access exclusive mode");
        }
        return connection;
    }

    private static String waiting() throws SQLException {
        return select("select count(*) from pg_locks where not granted");
    }

    // ---- the tests

    @Test
    void aBookIsCreatedReadListedAndDeleted() {
        serve(
                LONG,
                service -> {
                    HttpResponse<String> created = await(service.send("POST", "/books", BOOK));
                    assertThat(created.statusCode()).isEqualTo(201);
                    String path = created.headers().firstValue("Location").orElseThrow();
                    assertThat(created.headers().firstValue("Content-Type"))
                            .contains("application/json");
                    assertThat(await(service.ask("GET", path))).isEqualTo("200 " + BOOK);
                    assertThat(await(service.ask("GET", "/books"))).isEqualTo("200 [" + BOOK + "]");
                    assertThat(await(service.ask("GET", "/books?after=9780131103627")))
                            .isEqualTo("200 []");
                    assertThat(await(service.ask("DELETE", path))).isEqualTo("204");
                    assertThat(await(service.ask("DELETE", path))).startsWith("404 ");
                    assertThat(await(service.ask("GET", path)))
                            .isEqualTo("404 {\"error\":\"no book has the ISBN 9780131103627\"}");
                    return Coroutine.done();
                });
        assertThat(reports).isEmpty();
    }

    @Test
    void allInvalidFieldsAreNamed() {
        serve(
                LONG,
                service -> {
                    String invalid = "{\"isbn\": \"12\", \"year\": \"new\"}";
                    assertThat(await(service.ask("POST", "/books", invalid)))
                            .startsWith("400 ")
                            .contains("\"isbn\":\"must have 13 digits\"")
                            .contains("\"title\":\"must have 1 to 200 characters\"")
                            .contains("\"year\":\"must be from 1450 to 2100\"");
                    assertThat(await(service.ask("POST", "/books", "{\n\"isbn\": nine}")))
                            .isEqualTo("400 {\"error\":\"malformed JSON in line 2\"}");
                    assertThat(await(service.ask("POST", "/books"))).startsWith("400 ");
                    assertThat(await(service.ask("POST", "/books", "x".repeat(10_001))))
                            .startsWith("413 ");
                    assertThat(await(service.ask("GET", "/books"))).isEqualTo("200 []");
                    return Coroutine.done();
                });
        assertThat(reports).isEmpty();
    }

    @Test
    void aDuplicateIsAConflictAndChangesNothing() {
        serve(
                LONG,
                service -> {
                    await(service.ask("POST", "/books", BOOK));
                    assertThat(await(service.ask("POST", "/books", BOOK.replace("The C", "Le C"))))
                            .isEqualTo(
                                    "409 {\"error\":\"there is a book with the ISBN 9780131103627\"}");
                    assertThat(await(service.ask("GET", "/books"))).isEqualTo("200 [" + BOOK + "]");
                    assertThat(await(blocking(() -> select("select count(*) from change"))))
                            .isEqualTo("1");
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestIsOneTransaction() {
        serve(
                LONG,
                service -> {
                    await(blocking(() -> update("drop table change")));
                    assertThat(await(service.ask("POST", "/books", BOOK))).startsWith("500 ");
                    assertThat(await(service.ask("GET", "/books"))).isEqualTo("200 []");
                    return Coroutine.done();
                });
        assertThat(reports).containsExactly("the handler of POST /books has failed");
    }

    @Test
    void aRequestThatTakesTooLongIsCancelledInTheDatabase() {
        serve(
                Duration.ofMillis(300),
                service -> {
                    Connection lock = await(blocking(() -> lockBooks()));
                    try {
                        HttpResponse<String> late = await(service.send("POST", "/books", BOOK));
                        assertThat(late.statusCode()).isEqualTo(503);
                        assertThat(late.headers().firstValue("Retry-After")).contains("1");
                        assertThat(await(blocking(() -> waiting()))).isEqualTo("0");
                    } finally {
                        await(blocking(() -> lock.close()));
                    }
                    assertThat(await(service.ask("GET", "/books"))).isEqualTo("200 []");
                    return Coroutine.done();
                });
        assertThat(reports).isEmpty();
    }

    @Test
    void aServiceThatIsCancelledAnswersWhatIsUnderWay() {
        serve(
                LONG,
                service -> {
                    Connection lock = await(blocking(() -> lockBooks()));
                    Task<String> underWay = Task.create(() -> service.ask("POST", "/books", BOOK));
                    while (!await(blocking(() -> waiting())).equals("1")) {
                        await(sleep(Duration.ofMillis(10)));
                    }
                    service.serving.cancel();
                    await(refused(service));
                    assertThat(service.serving.done()).isFalse();
                    await(blocking(() -> lock.close()));
                    assertThat(await(underWay)).startsWith("201 ");
                    await(gatherOutcomes(service.serving));
                    assertThat(service.serving.cancelled()).isTrue();
                    assertThat(await(blocking(() -> select("select count(*) from book"))))
                            .isEqualTo("1");
                    return Coroutine.done();
                });
        assertThat(reports).isEmpty();
    }

    /** Waits until the service accepts no connection. */
    @Async
    private static Coroutine<Void> refused(Running service) {
        while (true) {
            try {
                await(connect(service));
            } catch (ConnectException refused) {
                return Coroutine.done();
            } catch (IOException closed) {
                await(sleep(Duration.ofMillis(1)));
            }
        }
    }

    /** Sends a request on a connection of its own. */
    @Async
    private static Coroutine<Void> connect(Running service) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/")).build();
        await(HttpClient.newHttpClient().sendAsync(request, BodyHandlers.discarding()));
        return Coroutine.done();
    }

    @Test
    void curlTalksToTheService() {
        Assumptions.assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "curl"))),
                "curl is not installed");
        serve(
                LONG,
                service -> {
                    String books = service.uri("/books").toString();
                    assertThat(await(blocking(() -> curl("-d", BOOK, books)))).isEqualTo(BOOK);
                    assertThat(await(blocking(() -> curl(books)))).isEqualTo("[" + BOOK + "]");
                    assertThat(await(blocking(() -> curl("-X", "DELETE", books + "/1"))))
                            .isEqualTo("{\"error\":\"no book has the ISBN 1\"}");
                    return Coroutine.done();
                });
    }

    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "20"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
