package dev.weft.netty;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.net.ByteStream;
import dev.weft.net.Network;
import dev.weft.stream.AsyncStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The network of an event loop that waits in Netty. Everything that Netty runs for {@link
 * #eventLoop} runs on the thread of the event loop, between the steps of tasks: handlers need no
 * lock and may call whatever belongs to the loop, for example {@code Task.create}.
 *
 * <pre>{@code
 * Weft.runner().poller(NettyLoop.epoll()).run(() -> serve());
 *
 * IoEventLoop group = NettyLoop.current().eventLoop(); // for a Bootstrap, or for a client
 * }</pre>
 *
 * <p>{@link ByteStream#connect} and {@link dev.weft.net.Server} use the transport of this loop. A
 * handler must not call {@code Weft.runNested}, which is refused.
 *
 * <p>In virtual time, sockets are given 10 milliseconds of real time before the clock jumps. Timers
 * of Netty, such as those of its {@code IdleStateHandler}, run in real time. With NIO a wait ends
 * up to 1 millisecond late; epoll and io_uring are exact.
 *
 * <p>Tasks with threads of their own ({@code -Dweft.debugger=true}) are not supported, because
 * Netty belongs to one thread.
 */
public final class NettyLoop implements Network {
    /** The system lowers it to its own limit. */
    private static final int DEFAULT_BACKLOG = 4_096;

    /** Netty needs a few looks to close its channels. More would not help one that fails. */
    private static final int LOOKS_AT_END = 1_000;

    private final EventLoop loop;
    private final Transport transport;
    private final DrivenLoop driven;

    private NettyLoop(EventLoop loop, Transport transport) {
        if (Boolean.getBoolean("weft.debugger")) {
            throw new UnsupportedOperationException(
                    "NettyLoop does not work with -Dweft.debugger=true: tasks then have threads of their own,"
                            + " and Netty belongs to the thread of its loop. Remove the option, or use the"
                            + " sockets of dev.weft.net without Netty");
        }
        this.loop = loop;
        this.transport = transport;
        this.driven = new DrivenLoop(Thread.currentThread(), transport);
    }

    // ---- creation

    /**
     * Returns the network of the loop that runs on this thread. A loop without network gets one
     * with NIO.
     *
     * @throws IllegalStateException outside of a loop, or if the loop waits in another poller, such
     *     as the network of dev.weft.net, which the first socket without Netty has made
     */
    public static NettyLoop current() {
        return EventLoop.current().poller(NettyLoop.class, nio());
    }

    /** Returns a factory for {@code Runner.poller}, with the selector of the JDK. */
    public static Function<EventLoop, NettyLoop> nio() {
        return loop -> new NettyLoop(loop, Transport.nio());
    }

    /**
     * Returns a factory for {@code Runner.poller}, with the epoll of Linux. The program needs the
     * jar {@code netty-transport-native-epoll} of its platform; without, the factory throws {@link
     * UnsupportedOperationException}.
     */
    public static Function<EventLoop, NettyLoop> epoll() {
        return loop -> new NettyLoop(loop, Transport.epoll());
    }

    /**
     * Returns a factory for {@code Runner.poller}, with the io_uring of Linux. The program needs
     * the jar {@code netty-transport-native-io_uring} of its platform; without, the factory throws
     * {@link UnsupportedOperationException}.
     */
    public static Function<EventLoop, NettyLoop> ioUring() {
        return loop -> new NettyLoop(loop, Transport.ioUring());
    }

    // ---- for Netty's own API

    /**
     * Returns the event loop of Netty on this thread. It is the event loop group for a {@code
     * Bootstrap} or a client, which must not shut it down: it ends with the loop.
     */
    public IoEventLoop eventLoop() {
        return driven;
    }

    /** Returns the class of channels that connect with the transport of this loop. */
    public Class<? extends SocketChannel> socketChannel() {
        return transport.socket();
    }

    /** Returns the class of channels that listen with the transport of this loop. */
    public Class<? extends ServerSocketChannel> serverSocketChannel() {
        return transport.server();
    }

    /**
     * Returns a view of a future of Netty on the current loop. Cancelling the view cancels the
     * future, except the {@code closeFuture} of a channel, which others may wait for.
     *
     * <p>In virtual time, a future of a channel on this loop is waited for as a socket is. For any
     * other future the clock stands still.
     *
     * @throws IllegalStateException outside of a loop
     */
    public static <T> Deferred<T> of(Future<T> future) {
        return Futures.deferred(future);
    }

    /**
     * Returns the bytes at the end of a channel's pipeline as a stream: behind an {@code
     * SslHandler} the decrypted ones. Call this before the first bytes can arrive, for example in a
     * {@code ChannelInitializer}. From then on the channel reads only what the stream asks for.
     * Closing the stream closes the channel.
     *
     * @throws IllegalStateException outside of a loop, or if the channel belongs to another thread
     */
    public static ByteStream stream(Channel channel) {
        return NettyStream.at(channel, EventLoop.current());
    }

    /**
     * Returns the messages at the end of a channel's pipeline that are of {@code type}. Call this
     * before the first message can arrive. The channel does not read while {@code ahead} messages
     * wait to be asked for; one read may decode to several messages, which all wait.
     *
     * <p>The stream ends when the channel is closed, and fails with the exception of the pipeline.
     * Reference-counted messages belong to the code that takes them. Closing the stream releases
     * those that wait and leaves the channel open; later messages pass on. A message that {@code
     * hasNext} has announced must be taken before. Closing a stream that was never asked has no
     * effect.
     *
     * @throws IllegalArgumentException if {@code ahead} is below 1
     * @throws IllegalStateException outside of a loop, or if the channel belongs to another thread
     */
    public static <T> AsyncStream<T> messages(Channel channel, Class<T> type, int ahead) {
        return MessageQueue.stream(channel, type, ahead);
    }

    // ---- Network

    @Override
    @Async
    public Coroutine<ByteStream> connect(SocketAddress address) throws IOException {
        if (EventLoop.current() != loop) {
            throw new IllegalStateException("a connection is awaited in the loop that makes it");
        }
        Channel channel = transport.connecting(address).newChannel();
        channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        NettyStream stream = new NettyStream(loop, channel);
        try {
            await(of(driven.add(channel)));
            await(of(channel.connect(Addresses.toNetty(address, transport))));
        } catch (Throwable failure) {
            Unawaited.close(channel);
            throw failure;
        }
        return Coroutine.of(stream);
    }

    @Override
    public Listener listen(SocketAddress address, int backlog) throws IOException {
        // A transport would delete what is there, even the socket of a server that answers.
        Network.checkFree(address);
        Channel channel = transport.listening(address).newChannel();
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config()
                .setOption(ChannelOption.SO_BACKLOG, backlog == 0 ? DEFAULT_BACKLOG : backlog);
        Throwable cause = driven.add(channel).cause();
        if (cause == null) {
            cause = channel.bind(Addresses.toNetty(address, transport)).cause();
        }
        if (cause != null) {
            Unawaited.close(channel);
            throw Addresses.notBound(address, Failures.translated(cause));
        }
        return new NettyListener(loop, driven, channel);
    }

    // ---- Poller

    @Override
    public void poll(long nanos) {
        try {
            if (nanos <= 0) {
                driven.look();
            } else {
                driven.await(nanos);
            }
        } catch (RuntimeException | Error failure) {
            if (failure instanceof VirtualMachineError
                    && !(failure instanceof StackOverflowError)) {
                throw failure;
            }
            System.getLogger("dev.weft.netty")
                    .log(System.Logger.Level.ERROR, "an event of Netty has failed", failure);
        } finally {
            driven.polled();
        }
    }

    @Override
    public void wakeup() {
        driven.wake();
    }

    /**
     * Returns whether Netty has a registered channel, a task or a timer. Netty does not tell which
     * of its channels somebody waits for, and a handler may have to answer at any time: so each
     * channel counts, also an idle one. A loop in virtual time that has channels but no timer waits
     * for them and reports no deadlock.
     */
    @Override
    public boolean isAwaited() {
        return driven.isAwaited();
    }

    @Override
    public void close() {
        Future<?> unused = driven.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        for (int looks = 0; looks < LOOKS_AT_END && !driven.isTerminated(); looks++) {
            poll(0);
        }
    }
}
