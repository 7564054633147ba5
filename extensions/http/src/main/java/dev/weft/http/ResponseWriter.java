package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sends the answer of an exchange. */
final class ResponseWriter {
    /** The largest part of a stream that is copied at once. */
    private static final int LARGEST_PART = 65_536;

    private final Exchange exchange;
    private final Carrier carrier;
    private final Response response;

    private ResponseWriter(Exchange exchange, Response response) {
        this.exchange = exchange;
        this.carrier = exchange.carrier();
        this.response = response;
    }

    static Coroutine<Void> send(Exchange exchange, Response response) throws IOException {
        Path path = response.file;
        return path == null
                ? new ResponseWriter(exchange, response).send()
                : sendFile(exchange, response, path);
    }

    @Async
    private static Coroutine<Void> sendFile(Exchange exchange, Response response, Path path)
            throws IOException {
        exchange.handled();
        try (OpenFile file = new OpenFile(path)) {
            Response answer = await(FileAnswer.of(exchange, response, file));
            await(new ResponseWriter(exchange, answer).send());
        }
        return Coroutine.done();
    }

    private Coroutine<Void> send() throws IOException {
        AsyncStream<ByteBuffer> stream = response.stream;
        if (stream != null) {
            return sendStream(stream);
        }
        carrier.checkOpen();
        HttpHeaders headers = headers();
        int length = response.bytes.length;
        if (carrier.settings().isCompressed()
                && Compression.agree(exchange, response.status(), headers, declaredOr(length))) {
            return sendCompressed(headers);
        }
        writeWhole(headers, response.bytes);
        return Coroutine.done();
    }

    // ---- a response in memory

    @Async
    private Coroutine<Void> sendCompressed(HttpHeaders headers) throws IOException {
        if (exchange.isHead()) {
            writeFull(headers, Unpooled.EMPTY_BUFFER);
        } else {
            exchange.handled();
            byte[] compressed = await(Gzip.whole(response.bytes));
            carrier.checkOpen();
            writeWhole(headers, compressed);
        }
        return Coroutine.done();
    }

    private void writeWhole(HttpHeaders headers, byte[] bytes) {
        boolean isEmpty = hasNoBody();
        if (!isEmpty && !(exchange.isHead() && isLengthGiven())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
        }
        writeFull(
                headers,
                isEmpty || exchange.isHead()
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(bytes));
    }

    private void writeFull(HttpHeaders headers, ByteBuf body) {
        carrier.writeAnswer(
                exchange,
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        response.statusLine(),
                        body,
                        headers,
                        EmptyHttpHeaders.INSTANCE));
    }

    private HttpHeaders headers() {
        HttpHeaders headers = response.copyOfHeaders();
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.add(HttpHeaderNames.DATE, carrier.connection().date());
        }
        return headers;
    }

    private boolean isLengthGiven() {
        return response.get(HttpHeaderNames.CONTENT_LENGTH) != null;
    }

    /** Returns the length in the header of the answer to HEAD, or else {@code other}. */
    private long declaredOr(long other) {
        String length = exchange.isHead() ? response.get(HttpHeaderNames.CONTENT_LENGTH) : null;
        return length == null ? other : Long.parseLong(length);
    }

    private boolean hasNoBody() {
        int status = response.status();
        return status == 204 || status == 304;
    }

    // ---- a stream

    @Async
    private Coroutine<Void> sendStream(AsyncStream<ByteBuffer> stream) throws IOException {
        HttpHeaders headers = headers();
        Gzip gzip = null;
        try {
            carrier.checkOpen();
            boolean isCompressed =
                    Compression.agree(exchange, response.status(), headers, length());
            exchange.body().beforeHead();
            writeHead(headers);
            if (!hasNoBody() && !exchange.isHead()) {
                gzip = isCompressed ? new Gzip() : null;
                await(sendParts(stream, gzip));
            }
            carrier.writePart(LastHttpContent.EMPTY_LAST_CONTENT);
        } finally {
            if (gzip != null) {
                gzip.close();
            }
            await(stream.closeAsync());
        }
        return Coroutine.done();
    }

    private void writeHead(HttpHeaders headers) {
        boolean isClosing = false;
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !hasNoBody()
                && !exchange.isHttp2()) {
            isClosing = carrier.isOld(exchange);
            if (!isClosing) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
        if (isClosing) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        carrier.writeAnswer(
                exchange,
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.statusLine(), headers));
    }

    @Async
    private Coroutine<Void> sendParts(AsyncStream<ByteBuffer> stream, @Nullable Gzip gzip)
            throws IOException {
        long left = length();
        while (await(hasNext(stream))) {
            ByteBuffer part = stream.next();
            left -= part.remaining();
            if (left < 0) {
                throw failed(
                        new IllegalStateException("the stream is longer than its Content-Length"));
            }
            if (part.hasRemaining()) {
                await(sendPart(gzip == null ? part : ByteBuffer.wrap(await(gzip.piece(part)))));
            }
        }
        if (left > 0 && isLengthGiven()) {
            throw failed(
                    new IllegalStateException("the stream is shorter than its Content-Length"));
        }
        if (gzip != null) {
            await(sendPart(ByteBuffer.wrap(gzip.end())));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> sendPart(ByteBuffer part) throws IOException {
        while (part.hasRemaining()) {
            carrier.checkOpen();
            carrier.writePart(new DefaultHttpContent(copy(part)));
            await(carrier.writable());
        }
        return Coroutine.done();
    }

    private long length() {
        String length = response.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? Long.MAX_VALUE : Long.parseLong(length);
    }

    /** Asks for the next element. A failure ends the connection, and is reported. */
    @Async
    private Coroutine<Boolean> hasNext(AsyncStream<ByteBuffer> stream) throws IOException {
        carrier.flush(); // what is written should not wait for the stream
        try {
            return Coroutine.of(await(stream.hasNext()));
        } catch (Throwable failure) {
            Exchange.check(failure);
            throw failed(failure);
        }
    }

    private IOException failed(Throwable failure) {
        Exchange.report("the answer of " + exchange.name() + " has failed", failure);
        return new IOException("the stream of the answer has failed", failure);
    }

    private ByteBuf copy(ByteBuffer part) {
        int count = Math.min(part.remaining(), LARGEST_PART);
        ByteBuf copy = carrier.allocate(count);
        copy.writeBytes(part.slice().limit(count));
        part.position(part.position() + count);
        return copy;
    }
}
