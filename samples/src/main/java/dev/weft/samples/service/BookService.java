package dev.weft.samples.service;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.timeout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.http.HttpServer;
import dev.weft.http.Request;
import dev.weft.http.Response;
import dev.weft.samples.jdbc.Database;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A service for books: JSON over HTTP, and PostgreSQL. Each request is a task, and may take a
 * limited time; then its transaction is cancelled. A service that is cancelled, for example by
 * SIGTERM, first answers the requests under way.
 *
 * <pre>
 * POST   /books         {"isbn": "9780131103627", "title": "...", "year": 1988}; 201, 400 or 409
 * GET    /books         200; at most 100 books, those after ?after=ISBN
 * GET    /books/{isbn}  200 or 404
 * DELETE /books/{isbn}  204 or 404
 * </pre>
 *
 * <p>JDBC on the threads of {@link Database} reads best: a transaction is a lambda with plain
 * statements, and its end, whichever it is, commits or rolls back. R2DBC on the thread of the loop
 * needs no threads, and a publisher for each statement, commit and rollback.
 */
public final class BookService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY = 10_000;
    private static final int PAGE = 100;
    private static final int CONNECTIONS = 10;

    /** Below the 10 seconds for which the end of the JVM waits. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Books books;
    private final Duration limit;

    /** Creates a service whose requests may take {@code limit}. */
    BookService(Books books, Duration limit) {
        this.books = books;
        this.limit = limit;
    }

    /** Serves until the server is closed or this is cancelled, and answers what is under way. */
    @Async
    Coroutine<Void> serve(HttpServer server) throws IOException {
        server.maxBody(LARGEST_BODY)
                .route("POST", "/books", request -> answer(request, this::create))
                .route("GET", "/books", request -> answer(request, this::list))
                .route("GET", "/books/{isbn}", request -> answer(request, this::read))
                .route("DELETE", "/books/{isbn}", request -> answer(request, this::delete));
        Task<Void> serving = Task.create(() -> server.serve());
        try {
            await(shield(serving));
        } finally {
            await(server.shutdown(GRACE));
        }
        return Coroutine.done();
    }

    /** Limits the time of a handler, and answers for one that refuses. */
    @Async
    private Coroutine<Response> answer(Request request, AsyncFunction<Request, Response> handler)
            throws Exception {
        try {
            return Coroutine.of(await(timeout(limit, handler.apply(request))));
        } catch (Refusal refusal) {
            return Coroutine.of(json(refusal.status(), refusal.body()));
        } catch (TimeoutException late) {
            Response busy = json(503, Map.of("error", "the service is busy"));
            return Coroutine.of(busy.header("Retry-After", "1"));
        }
    }

    @Async
    private Coroutine<Response> create(Request request) throws Refusal, IOException, SQLException {
        Book book = Book.of(parse(await(request.bytes(LARGEST_BODY))));
        if (!await(books.create(book))) {
            throw new Refusal(409, "there is a book with the ISBN " + book.isbn());
        }
        return Coroutine.of(json(201, book).header("Location", "/books/" + book.isbn()));
    }

    @Async
    private Coroutine<Response> list(Request request) throws IOException, SQLException {
        String after = request.query("after");
        return Coroutine.of(json(200, await(books.after(after == null ? "" : after, PAGE))));
    }

    @Async
    private Coroutine<Response> read(Request request) throws Refusal, IOException, SQLException {
        List<Book> found = await(books.find(request.pathParameter("isbn")));
        if (found.isEmpty()) {
            throw missing(request);
        }
        return Coroutine.of(json(200, found.get(0)));
    }

    @Async
    private Coroutine<Response> delete(Request request) throws Refusal, SQLException {
        if (!await(books.delete(request.pathParameter("isbn")))) {
            throw missing(request);
        }
        return Coroutine.of(Response.of(204));
    }

    private static Refusal missing(Request request) {
        return new Refusal(404, "no book has the ISBN " + request.pathParameter("isbn"));
    }

    private static JsonNode parse(byte[] body) throws Refusal, IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation().getLineNr();
            throw new Refusal(400, "malformed JSON in line " + line);
        }
    }

    private static Response json(int status, Object value) throws JsonProcessingException {
        return Response.bytes("application/json", JSON.writeValueAsBytes(value)).status(status);
    }

    /** Serves at a port: {@code jdbc:postgresql://localhost/books?user=books 8080}. */
    public static void main(String[] args) {
        PGSimpleDataSource source = new PGSimpleDataSource(); // a pool, if there is much to do
        source.setURL(args[0]);
        try (Database database = new Database(source, CONNECTIONS)) {
            run(() -> main(new Books(database), Integer.parseInt(args[1])));
        } catch (CancelledError ended) {
            System.out.println(ended.getMessage());
        }
    }

    @Async
    private static Coroutine<Void> main(Books books, int port) throws IOException, SQLException {
        await(books.createTables());
        try (HttpServer server = HttpServer.bind(new InetSocketAddress(port))) {
            await(new BookService(books, Duration.ofSeconds(5)).serve(server));
        }
        return Coroutine.done();
    }
}
