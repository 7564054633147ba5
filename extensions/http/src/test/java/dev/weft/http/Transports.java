package dev.weft.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.EventLoop;
import dev.weft.netty.NettyLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.function.Function;

/** The transports that the tests run on. One that does not load on this machine is skipped. */
enum Transports {
    NIO,
    EPOLL,
    IO_URING;

    Function<EventLoop, NettyLoop> factory() {
        return switch (this) {
            case NIO -> NettyLoop.nio();
            case EPOLL -> {
                assumeTrue(Epoll.isAvailable(), "epoll does not load here");
                yield NettyLoop.epoll();
            }
            case IO_URING -> {
                assumeTrue(IoUring.isAvailable(), "io_uring does not load here");
                yield NettyLoop.ioUring();
            }
        };
    }
}
