package dev.weft.netty;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
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

    /** Adds the address to the failure of a bind. */
    static IOException notBound(SocketAddress address, IOException failure) {
        BindException named = new BindException(failure.getMessage() + ": " + address);
        named.initCause(failure);
        return named;
    }
}
