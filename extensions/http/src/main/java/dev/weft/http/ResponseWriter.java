package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;

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

    @Async
    static Coroutine<Void> send(Exchange exchange, Response response) throws IOException {
        ResponseWriter writer = new ResponseWriter(exchange, response);
        AsyncStream<ByteBuffer> stream = response.stream;
        if (stream == null && !exchange.carrier().isWritable()) {
            await(exchange.carrier().writable()); // for the client to read the answers before
        }
        if (stream == null) {
            writer.writeWhole();
            return Coroutine.done();
        }
        return writer.sendStream(stream);
    }

    // ---- a response in memory

    private void writeWhole() throws IOException {
        carrier.checkOpen();
        byte[] bytes = response.bytes;
        HttpHeaders headers = headers();
        boolean isEmpty = hasNoBody();
        if (!isEmpty && !(exchange.isHead() && isLengthGiven())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length));
        }
        carrier.writeAnswer(
                exchange,
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        response.statusLine(),
                        isEmpty || exchange.isHead()
                                ? Unpooled.EMPTY_BUFFER
                                : Unpooled.wrappedBuffer(bytes),
                        headers,
                        EmptyHttpHeaders.INSTANCE));
    }

    private HttpHeaders headers() {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add(response.headers);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, carrier.connection().date());
        }
        return headers;
    }

    private boolean isLengthGiven() {
        return response.headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    private boolean hasNoBody() {
        int status = response.status();
        return status == 204 || status == 304;
    }

    // ---- a stream

    @Async
    private Coroutine<Void> sendStream(AsyncStream<ByteBuffer> stream) throws IOException {
        try {
            carrier.checkOpen();
            writeHead();
            if (!hasNoBody() && !exchange.isHead()) {
                await(sendParts(stream));
            }
            carrier.write(LastHttpContent.EMPTY_LAST_CONTENT);
        } finally {
            await(stream.closeAsync());
        }
        return Coroutine.done();
    }

    private void writeHead() {
        HttpHeaders headers = headers();
        boolean isClosing = false;
        if (!isLengthGiven() && !hasNoBody() && !exchange.isHttp2()) {
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
    private Coroutine<Void> sendParts(AsyncStream<ByteBuffer> stream) throws IOException {
        long left = length();
        while (await(hasNext(stream))) {
            ByteBuffer part = stream.next();
            left -= part.remaining();
            if (left < 0) {
                throw failed(
                        new IllegalStateException("the stream is longer than its Content-Length"));
            }
            while (part.hasRemaining()) {
                carrier.checkOpen();
                carrier.write(new DefaultHttpContent(copy(part)));
                await(carrier.writable());
            }
        }
        if (left > 0 && isLengthGiven()) {
            throw failed(
                    new IllegalStateException("the stream is shorter than its Content-Length"));
        }
        return Coroutine.done();
    }

    private long length() {
        String length = response.headers.get(HttpHeaderNames.CONTENT_LENGTH);
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
