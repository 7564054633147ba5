package dev.weft.netty;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of sockets. The native transports have a class of their own for those of Unix
 * sockets.
 */
final class Addresses {
    private Addresses() {}

    static SocketAddress toNetty(SocketAddress address, Transport transport) {
        return address instanceof UnixDomainSocketAddress unix && !transport.isNio()
                ? new DomainSocketAddress(unix.getPath().toString())
                : address;
    }

    static @Nullable SocketAddress fromNetty(@Nullable SocketAddress address) {
        return address instanceof DomainSocketAddress unix
                ? UnixDomainSocketAddress.of(unix.path())
                : address;
    }

    /** Returns the address of a bound channel. */
    static SocketAddress ofListener(Channel channel) {
        SocketAddress address = fromNetty(channel.localAddress());
        if (address == null) {
            throw new IllegalStateException(channel + " is not bound");
        }
        return address;
    }

    /**
     * Checks that no file is where a Unix socket is to listen. The native transports would delete
     * it, even that of a server that answers.
     */
    static void checkFree(SocketAddress address) throws BindException {
        if (address instanceof UnixDomainSocketAddress unix && Files.exists(unix.getPath())) {
            throw new BindException(
                    isAnswered(unix)
                            ? "address in use: " + unix.getPath()
                            : "stale socket at " + unix.getPath() + ": delete it");
        }
    }

    /** Adds the address to the failure of a bind. */
    static IOException notBound(SocketAddress address, IOException failure) {
        BindException named = new BindException(failure.getMessage() + ": " + address);
        named.initCause(failure);
        return named;
    }

    private static boolean isAnswered(UnixDomainSocketAddress address) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(address); // if that is not yet possible, the backlog is full
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Deletes the file of a Unix socket that has listened. */
    static void delete(SocketAddress address) {
        if (!(address instanceof UnixDomainSocketAddress unix)) {
            return;
        }
        Path path = unix.getPath();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger("dev.weft.netty")
                    .log(
                            System.Logger.Level.WARNING,
                            "the Unix socket cannot be deleted: " + path,
                            e);
        }
    }
}
