package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.stream.AsyncStream.emit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a response with a file into one with bytes or with a stream, as the request asks for. */
final class FileAnswer {
    /** The size of a piece that is read at once. A smaller file is sent as a whole. */
    private static final int PIECE = 65_536;

    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;

    private final Exchange exchange;
    private final Response response;
    private final OpenFile file;

    /** The answer, or its head if there is a {@link #large} body. */
    private Response prepared;

    private @Nullable FileParts large;

    /** Null if the file could be read. */
    private @Nullable IOException failure;

    private FileAnswer(Exchange exchange, Response response, OpenFile file) {
        this.exchange = exchange;
        this.response = response;
        this.file = file;
        this.prepared = response;
    }

    /** Opens the file and returns the answer, which is sent before the file is closed. */
    @Async
    static Coroutine<Response> of(Exchange exchange, Response response, OpenFile file) {
        FileAnswer answer = new FileAnswer(exchange, response, file);
        await(blocking(answer::prepare));
        IOException failure = answer.failure;
        if (failure != null) {
            return Coroutine.of(answer.refusal(failure));
        }
        FileParts parts = answer.large;
        return Coroutine.of(
                parts == null ? answer.prepared : answer.prepared.with(answer.pieces(parts)));
    }

    /**
     * Opens the file, decides, and reads a small body: all in one visit to another thread. Keeps a
     * failure, which nobody would look at if the client went away meanwhile.
     */
    private void prepare() {
        try {
            file.open();
            prepared = decide();
        } catch (IOException refused) {
            failure = refused;
        }
    }

    private Response refusal(IOException reason) {
        if (reason instanceof NoSuchFileException) {
            return Response.text("Not Found\n").status(404);
        }
        if (reason instanceof AccessDeniedException) {
            return Response.text("Forbidden\n").status(403);
        }
        Exchange.report("the file of " + exchange.name() + " has failed", reason);
        return Response.text("Internal Server Error\n").status(500);
    }

    // ---- the decision

    private Response decide() throws IOException {
        String method = exchange.request().method();
        boolean isGet = method.equals("GET");
        if (response.status() != Conditions.HOLD || !(isGet || exchange.isHead())) {
            return send(response.copy(response.status()), FileParts.whole(file.size()));
        }
        Validators validators = validators();
        HttpHeaders asked = exchange.request().head().headers();
        Conditions conditions = new Conditions(asked, validators);
        int status = conditions.status();
        if (status != Conditions.HOLD) {
            return without(status, validators);
        }
        String range = asked.get(HttpHeaderNames.RANGE);
        List<ByteRange> ranges =
                isGet && range != null && conditions.allowRanges()
                        ? ByteRange.parse(range, file.size())
                        : null;
        return answer(ranges, validators);
    }

    private Response answer(@Nullable List<ByteRange> ranges, Validators validators)
            throws IOException {
        if (ranges != null && ranges.isEmpty()) {
            Response refusal = Response.of(UNSATISFIABLE);
            refusal.set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.size());
            return refusal;
        }
        Response answer = response.copy(ranges == null ? Conditions.HOLD : PARTIAL);
        answer.set(HttpHeaderNames.ETAG, validators.tag());
        answer.set(HttpHeaderNames.LAST_MODIFIED, validators.date());
        answer.set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES.toString());
        if (ranges == null) {
            return send(answer, FileParts.whole(file.size()));
        }
        if (ranges.size() > 1) {
            FileParts parts = FileParts.several(ranges, answer.type(), file.size());
            answer.set(HttpHeaderNames.CONTENT_TYPE, parts.type());
            return send(answer, parts);
        }
        answer.set(HttpHeaderNames.CONTENT_RANGE, ranges.get(0).of(file.size()));
        return send(answer, FileParts.of(ranges.get(0)));
    }

    /** Returns the validators of the file, or those that the handler has set. */
    private Validators validators() {
        Validators own = Validators.of(file.openedAttributes(), file.size(), Instant.now());
        String tag = response.get(HttpHeaderNames.ETAG);
        String date = response.get(HttpHeaderNames.LAST_MODIFIED);
        Date changed = date == null ? null : DateFormatter.parseHttpDate(date);
        return new Validators(
                tag == null ? own.tag() : tag,
                changed == null ? own.changed() : changed.toInstant(),
                tag == null ? own.isStrong() : !Validators.isWeak(tag));
    }

    /** Returns the answer to a request whose conditions do not hold. */
    private Response without(int status, Validators validators) {
        Response answer = response.copy(status);
        answer.set(HttpHeaderNames.ETAG, validators.tag());
        answer.set(HttpHeaderNames.LAST_MODIFIED, validators.date());
        if (Compression.isFor(exchange, answer.type(), file.size())) {
            answer.header("Vary", Compression.VARY);
        }
        return answer.withoutType();
    }

    // ---- the body

    private Response send(Response answer, FileParts parts) throws IOException {
        answer.set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(parts.length()));
        if (exchange.isHead()) {
            return answer;
        }
        if (parts.length() > PIECE) {
            large = parts;
            return answer;
        }
        return answer.with(readAll(parts));
    }

    private byte[] readAll(FileParts parts) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) parts.length());
        for (FileParts.Part part : parts.parts()) {
            all.put(bytes(part.before()));
            file.read(part.first(), all.slice(all.position(), (int) part.length()));
            all.position(all.position() + (int) part.length());
        }
        return all.put(bytes(parts.end())).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Async
    private AsyncStream<ByteBuffer> pieces(FileParts parts) {
        for (FileParts.Part part : parts.parts()) {
            emit(ByteBuffer.wrap(bytes(part.before())));
            long end = part.first() + part.length();
            for (long next = part.first(); next < end; next += PIECE) {
                emit(await(piece(next, (int) Math.min(PIECE, end - next))));
            }
        }
        emit(ByteBuffer.wrap(bytes(parts.end())));
        return AsyncStream.end();
    }

    @Async
    private Coroutine<ByteBuffer> piece(long position, int count) {
        ByteBuffer piece = ByteBuffer.allocate(count);
        await(blocking(() -> file.read(position, piece)));
        return Coroutine.of(piece.flip());
    }
}
