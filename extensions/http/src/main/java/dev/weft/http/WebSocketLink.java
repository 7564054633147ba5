package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;
import dev.weft.net.StreamClosedException;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;

/** The frames of a WebSocket as messages. */
final class WebSocketLink extends ChannelInboundHandlerAdapter {
    private static final int LARGEST_MESSAGE = 16 * 1_024 * 1_024;

    /** The number of messages, and of their bytes, above which the connection does not read. */
    private static final int MESSAGES_AHEAD = 16;

    private static final int BYTES_AHEAD = 65_536;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** The number of messages after which a sender gives up its turn. */
    private static final int TURN = 16;

    private final Connection connection;
    private final Channel channel;
    private final int limit;
    private final Patience patience;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final AsyncEvent news = new AsyncEvent();
    private final AsyncEvent room = new AsyncEvent();

    /** Set when the client has closed, or is gone. */
    private final AsyncEvent closed = new AsyncEvent();

    /** The code with which the client has closed; negative without. */
    private int answerCode = -1;

    private boolean isText;
    private boolean isClosing;
    private boolean isPinged;

    /** True if the handler reads the messages. */
    private boolean isRead;

    private int ahead;
    private int written;

    WebSocketLink(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
        this.limit = (int) Math.min(connection.settings().maxBody(), LARGEST_MESSAGE);
        Duration half = connection.settings().idleTimeout().dividedBy(2);
        this.patience = new Patience(connection.loop(), channel, half, this::silent);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        WebSocketDecoderConfig config =
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(limit)
                        .allowExtensions(false)
                        .build();
        context.pipeline()
                .addBefore(context.name(), null, new WebSocket13FrameEncoder(false))
                .addBefore(context.name(), null, new WebSocket13FrameDecoder(config))
                .addBefore(context.name(), null, new Utf8FrameValidator());
        patience.begin();
        connection.whenDraining(() -> sendClose(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, ""));
    }

    // ---- input

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        isPinged = false;
        patience.begin();
        if (frame instanceof PingWebSocketFrame ping && !isClosing) {
            write(new PongWebSocketFrame(ping.content())); // passes the content on
            decideReading();
            return;
        }
        if (frame instanceof CloseWebSocketFrame close) {
            clientCloses(close);
        } else if (frame instanceof WebSocketFrame part && !closed.isSet()) {
            add(part);
        }
        ReferenceCountUtil.release(frame);
    }

    private void add(WebSocketFrame part) {
        if (part instanceof PongWebSocketFrame || part instanceof PingWebSocketFrame) {
            return;
        }
        if (!(part instanceof ContinuationWebSocketFrame)) {
            isText = part instanceof TextWebSocketFrame;
        }
        ByteBuf content = part.content();
        if (parts.size() + content.readableBytes() > limit) {
            sendClose(WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message is too large");
            end();
            Ends.closeAfterOutput(channel);
            return;
        }
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        parts.writeBytes(bytes);
        if (part.isFinalFragment()) {
            messages.add(message(parts.toByteArray()));
            ahead += parts.size();
            parts.reset();
            news.set();
            decideReading();
        }
    }

    private Message message(byte[] bytes) {
        return isText
                ? new Message.Text(new String(bytes, UTF_8))
                : new Message.Binary(ByteBuffer.wrap(bytes));
    }

    private static int sizeOf(Message message) {
        return message instanceof Message.Binary binary
                ? binary.bytes().remaining()
                : ((Message.Text) message).text().length();
    }

    private void decideReading() {
        boolean hasRoom = messages.size() < MESSAGES_AHEAD && ahead < BYTES_AHEAD;
        channel.config().setAutoRead(channel.isWritable() && (closed.isSet() || hasRoom));
    }

    AsyncStream<Message> messages() {
        isRead = true;
        return elements();
    }

    @Async
    private AsyncStream<Message> elements() {
        while (true) {
            while (messages.isEmpty() && !closed.isSet()) {
                news.clear();
                await(news.waitFor());
            }
            Message next = messages.poll();
            if (next == null) {
                answerClose();
                return AsyncStream.end();
            }
            ahead = messages.isEmpty() ? 0 : Math.max(0, ahead - sizeOf(next));
            decideReading();
            emit(next);
        }
    }

    /** Sends a ping to a silent client. Closes if it stays silent, or does not read. */
    private void silent() {
        if (isPinged && (channel.config().isAutoRead() || !channel.isWritable())) {
            Ends.close(channel);
            return;
        }
        isPinged = true;
        if (!isClosing && channel.isWritable()) {
            write(new PingWebSocketFrame());
        }
        patience.begin();
    }

    // ---- output

    void checkOpen() throws IOException {
        if (isClosing || !channel.isActive()) {
            throw new StreamClosedException("the WebSocket is closed");
        }
    }

    void write(WebSocketFrame frame) {
        Ends.writeAndFlush(channel, frame);
    }

    @Async
    Coroutine<Void> writable() throws IOException {
        if (++written % TURN == 0) { // a client that takes all must not hold the loop
            await(Weft.sleep(Duration.ZERO));
        }
        while (channel.isActive() && !channel.isWritable()) {
            room.clear();
            await(room.waitFor());
        }
        if (!channel.isActive()) {
            throw new StreamClosedException("the WebSocket is closed");
        }
        return Coroutine.done();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        room.set();
        decideReading();
        if (channel.isWritable()) { // the client reads
            isPinged = false;
            patience.begin();
        }
    }

    // ---- the end

    void sendClose(int code, String reason) {
        sendClose(new WebSocketCloseStatus(code, reason), reason);
    }

    private void sendClose(WebSocketCloseStatus status, String reason) {
        if (!isClosing) {
            isClosing = true;
            write(new CloseWebSocketFrame(status, reason));
        }
    }

    /** Ends the messages. The answer waits for the handler, which may answer messages before. */
    private void clientCloses(CloseWebSocketFrame close) {
        connection.saidGoodbye();
        answerCode = close.statusCode();
        end();
        connection.loop().callSoon(this::answerCloseIfUnread);
        connection.loop().callLater(CLOSE_LIMIT, this::answerClose);
    }

    private void answerCloseIfUnread() {
        if (!isRead) {
            answerClose();
        }
    }

    private void answerClose() {
        if (!isClosing && channel.isActive()) {
            isClosing = true;
            write(
                    answerCode < 0
                            ? new CloseWebSocketFrame()
                            : new CloseWebSocketFrame(answerCode, ""));
        }
    }

    /** Ends the messages. */
    private void end() {
        closed.set();
        news.set();
        decideReading();
    }

    /** Waits until the client has closed, for a limited time. */
    Coroutine<Void> closed() {
        return Weft.timeoutOr(CLOSE_LIMIT, closed.waitFor(), null);
    }

    /** Closes after the end of the handler. */
    @Async
    Coroutine<Void> end(boolean hasFailed) {
        if (closed.isSet()) {
            answerClose();
        }
        sendClose(
                hasFailed
                        ? WebSocketCloseStatus.INTERNAL_SERVER_ERROR
                        : WebSocketCloseStatus.NORMAL_CLOSURE,
                "");
        await(closed());
        Ends.closeAfterOutput(channel);
        return Coroutine.done();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            Ends.close(channel);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Connection.log(cause); // the decoder has sent the reason to the client
        isClosing = true;
        end();
        if (cause instanceof IOException) {
            Ends.close(channel);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        patience.stop();
        room.set();
        end();
    }
}
