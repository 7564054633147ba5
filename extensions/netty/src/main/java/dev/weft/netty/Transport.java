package dev.weft.netty;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A transport of Netty: the system's interface to sockets, and the channels that use it.
 *
 * @param unix makes a channel that connects to a Unix socket
 * @param unixServer makes a channel that listens at a Unix socket
 */
record Transport(
        String name,
        IoHandlerFactory factory,
        Class<? extends SocketChannel> socket,
        Class<? extends ServerSocketChannel> server,
        ChannelFactory<?> unix,
        ChannelFactory<? extends ServerChannel> unixServer) {

    static final String NIO = "nio";

    static Transport nio() {
        return new Transport(
                NIO,
                NioIoHandler.newFactory(),
                NioSocketChannel.class,
                NioServerSocketChannel.class,
                NioDomainSocketChannel::new,
                NioServerDomainSocketChannel::new);
    }

    static Transport epoll() {
        return available("epoll", OfEpoll::create);
    }

    static Transport ioUring() {
        return available("io_uring", OfIoUring::create);
    }

    /** Makes a transport whose classes or native code may be missing. */
    private interface Creation {
        Transport create();
    }

    private static Transport available(String name, Creation creation) {
        try {
            return creation.create();
        } catch (LinkageError missing) {
            throw unavailable(name, missing);
        }
    }

    private static UnsupportedOperationException unavailable(
            String name, @Nullable Throwable cause) {
        return new UnsupportedOperationException(
                "the transport "
                        + name
                        + " does not load: add netty-transport-native-"
                        + name
                        + " with the classifier of this platform, such as linux-x86_64, or use NettyLoop.nio()",
                cause);
    }

    /** Loaded only if it is used: its classes are in an optional jar. */
    private static final class OfEpoll {
        static Transport create() {
            if (!Epoll.isAvailable()) {
                throw unavailable("epoll", Epoll.unavailabilityCause());
            }
            return new Transport(
                    "epoll",
                    EpollIoHandler.newFactory(),
                    EpollSocketChannel.class,
                    EpollServerSocketChannel.class,
                    EpollDomainSocketChannel::new,
                    EpollServerDomainSocketChannel::new);
        }
    }

    /** Loaded only if it is used: its classes are in an optional jar. */
    private static final class OfIoUring {
        static Transport create() {
            if (!IoUring.isAvailable()) {
                throw unavailable("io_uring", IoUring.unavailabilityCause());
            }
            return new Transport(
                    "io_uring",
                    IoUringIoHandler.newFactory(),
                    IoUringSocketChannel.class,
                    IoUringServerSocketChannel.class,
                    IoUringDomainSocketChannel::new,
                    IoUringServerDomainSocketChannel::new);
        }
    }

    /** Returns what makes a channel that connects to {@code address}. */
    ChannelFactory<?> connecting(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress
                ? unix
                : new ReflectiveChannelFactory<>(socket);
    }

    /** Returns what makes a channel that listens at {@code address}. */
    ChannelFactory<?> listening(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress
                ? unixServer
                : new ReflectiveChannelFactory<>(server);
    }

    boolean isNio() {
        return name.equals(NIO);
    }
}
