import org.jspecify.annotations.NullMarked;

/** Netty on the thread of Weft's event loop. */
@NullMarked
module dev.weft.netty {
    requires transitive dev.weft;
    requires transitive dev.weft.net;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.codec;
    requires io.netty.handler;
    requires io.netty.transport.unix.common;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires static org.jspecify;

    exports dev.weft.netty;
}
