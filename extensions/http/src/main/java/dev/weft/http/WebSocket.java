package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection of messages, which {@link Request#webSocket} returns. The server answers pings. To a
 * client that is silent for half of the idle timeout it sends a ping, and closes the connection if
 * nothing comes.
 *
 * <p>A message has at most {@link HttpServer#maxBody} bytes and never more than 16 MiB: a larger
 * one closes the connection with code 1009. While nobody reads messages, the server takes no more
 * than a few from the client.
 */
public final class WebSocket {
    private final WebSocketLink link;
    private boolean isRead;

    WebSocket(WebSocketLink link) {
        this.link = link;
    }

    /** Returns the messages of the client, up to the close. They can be read once. */
    public AsyncStream<Message> messages() {
        if (isRead) {
            throw new IllegalStateException("the messages of a WebSocket can be read once");
        }
        isRead = true;
        return link.messages();
    }

    /**
     * Sends a message of text. Waits while the client does not read. Several tasks may send.
     *
     * @throws IOException if the WebSocket is closed
     */
    @Async
    public Coroutine<Void> send(String text) throws IOException {
        link.checkOpen();
        link.write(new TextWebSocketFrame(text));
        return link.writable();
    }

    /**
     * Sends a message of bytes, as {@link #send(String)}. The bytes are copied before this waits.
     *
     * @throws IOException if the WebSocket is closed
     */
    @Async
    public Coroutine<Void> send(ByteBuffer bytes) throws IOException {
        link.checkOpen();
        ByteBuf copy = Unpooled.copiedBuffer(bytes);
        bytes.position(bytes.limit());
        link.write(new BinaryWebSocketFrame(copy));
        return link.writable();
    }

    /**
     * Closes the WebSocket and waits for the answer of the client, for 2 seconds at the most. The
     * messages end. Closing twice is harmless.
     *
     * @throws IllegalArgumentException if RFC 6455 does not allow to send the code
     */
    @Async
    public Coroutine<Void> close(int code, String reason) {
        link.sendClose(code, reason);
        await(link.closed());
        return Coroutine.done();
    }
}
