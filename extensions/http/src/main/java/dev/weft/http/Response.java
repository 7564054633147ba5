package dev.weft.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.stream.AsyncStream;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request. A response without a stream may be sent any number of times.
 *
 * <pre>{@code
 * Response.text("hello").header("Cache-Control", "no-store")
 * }</pre>
 */
public final class Response {
    private static final byte[] NOTHING = {};
    private static final int LEAST_STATUS = 200;
    private static final int LARGEST_STATUS = 999;

    private static final AsciiString PLAIN_TEXT = AsciiString.cached("text/plain; charset=utf-8");

    private HttpResponseStatus status;
    private final @Nullable CharSequence type;

    /** The fields of {@link #header}; null if there is none. */
    private @Nullable HttpHeaders headers;

    /** The body, unless there is a stream. */
    final byte[] bytes;

    final @Nullable AsyncStream<ByteBuffer> stream;

    /** The file that has the body, or null. */
    final @Nullable Path file;

    private Response(
            int status,
            @Nullable CharSequence type,
            byte[] bytes,
            @Nullable AsyncStream<ByteBuffer> stream,
            @Nullable Path file) {
        this.status = checked(status);
        this.type = type;
        this.bytes = bytes;
        this.stream = stream;
        this.file = file;
    }

    private static HttpResponseStatus checked(int status) {
        if (status < LEAST_STATUS || status > LARGEST_STATUS) {
            throw new IllegalArgumentException("not the status of a response: " + status);
        }
        return HttpResponseStatus.valueOf(status);
    }

    private static String checkedType(String type) {
        if (HttpHeaderValidationUtil.validateValidHeaderValue(type) >= 0) {
            throw new IllegalArgumentException("not the value of a header field: " + type);
        }
        return type;
    }

    /**
     * Returns a response without a body.
     *
     * @throws IllegalArgumentException if the status is below 200 or above 999
     */
    public static Response of(int status) {
        return new Response(status, null, NOTHING, null, null);
    }

    /** Returns a response with status 200 and a plain text in UTF-8. */
    public static Response text(String text) {
        return new Response(200, PLAIN_TEXT, text.getBytes(UTF_8), null, null);
    }

    /** Returns a response with status 200 and these bytes, which must not be changed. */
    public static Response bytes(String type, byte[] bytes) {
        return new Response(200, checkedType(type), bytes, null, null);
    }

    /**
     * Returns a response with status 200 whose body is a stream. Each element is sent before the
     * next one is asked for. While the client does not read, no element is asked for. The stream is
     * closed at the end, also if the client has gone away.
     *
     * <p>With a header {@code Content-Length} the stream must have that many bytes. A stream that
     * fails ends the connection, so that the client does not take the body for complete.
     */
    public static Response stream(String type, AsyncStream<ByteBuffer> body) {
        return new Response(200, checkedType(type), NOTHING, body, null);
    }

    /**
     * Returns a response with status 200 and the content of a file, which is opened when the answer
     * is sent. Opening and reading run on other threads than the loop's, in pieces. While the
     * client does not read, nothing is read from the file.
     *
     * <p>The suffix of the name decides the type: {@code header("Content-Type", ...)} replaces the
     * type. If there is no such file, or something else than a file, the answer is 404; if the
     * server may not read the file, 403. A file that becomes shorter while it is sent ends the
     * connection.
     *
     * <p>Requests with GET and HEAD may have conditions ({@code If-None-Match} and the others), and
     * those with GET may ask for ranges. {@code ETag} is made of the size and the time of the last
     * change; within two seconds after a change it is a weak one. A request for more than 16
     * ranges, or for those that overlap, gets the whole file. With a status other than 200
     * conditions and ranges are ignored.
     *
     * <p>The path is used as it is: a handler that builds a path from a request must check that it
     * stays in its folder.
     */
    public static Response file(Path path) {
        return new Response(200, ContentTypes.of(path), NOTHING, null, path);
    }

    // ---- derived from a response with a file

    /** Returns a response with the same header and without a body. */
    Response copy(int newStatus) {
        return derived(newStatus, type, NOTHING, null);
    }

    Response with(byte[] body) {
        return derived(status(), type, body, null);
    }

    Response with(AsyncStream<ByteBuffer> body) {
        return derived(status(), type, NOTHING, body);
    }

    Response withoutType() {
        Response derived = derived(status(), null, NOTHING, null);
        if (derived.headers != null) {
            derived.headers.remove(HttpHeaderNames.CONTENT_TYPE);
        }
        return derived;
    }

    private Response derived(
            int newStatus,
            @Nullable CharSequence newType,
            byte[] body,
            @Nullable AsyncStream<ByteBuffer> newStream) {
        Response derived = new Response(newStatus, newType, body, newStream, null);
        derived.headers = headers == null ? null : headers.copy();
        return derived;
    }

    /** Sets a header field to a value that needs no check. */
    void set(CharSequence name, String value) {
        changedHeaders().set(name, value);
    }

    /** Returns the type of the body; empty if there is none. */
    String type() {
        String given = get(HttpHeaderNames.CONTENT_TYPE);
        return given != null ? given : type == null ? "" : type.toString();
    }

    /**
     * Adds a header field, and returns this. {@code Content-Type} replaces the type.
     *
     * @throws IllegalArgumentException for a name or a value that HTTP does not allow, and for
     *     {@code Transfer-Encoding}, which the server sets
     */
    public Response header(String name, String value) {
        if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
            throw new IllegalArgumentException("the server sets " + name);
        }
        HttpHeaders all = changedHeaders();
        if (HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
            all.set(name, value);
        } else {
            all.add(name, value);
        }
        return this;
    }

    private HttpHeaders changedHeaders() {
        HttpHeaders all = headers;
        if (all == null) {
            all = DefaultHttpHeadersFactory.headersFactory().newHeaders();
            headers = all;
        }
        return all;
    }

    /**
     * Sets the status, and returns this.
     *
     * @throws IllegalArgumentException if the status is below 200 or above 999
     */
    public Response status(int status) {
        this.status = checked(status);
        return this;
    }

    /** Returns the status. */
    public int status() {
        return status.code();
    }

    /** Returns the value of a header field; null if there is none. */
    @Nullable String get(CharSequence name) {
        return headers == null ? null : headers.get(name);
    }

    /** Returns a copy of the header fields. */
    HttpHeaders copyOfHeaders() {
        HttpHeaders copy =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        if (headers != null) {
            copy.add(headers);
        }
        if (type != null && !copy.contains(HttpHeaderNames.CONTENT_TYPE)) {
            copy.add(HttpHeaderNames.CONTENT_TYPE, type);
        }
        return copy;
    }

    HttpResponseStatus statusLine() {
        return status;
    }

    @Override
    public String toString() {
        return "Response " + status;
    }
}
