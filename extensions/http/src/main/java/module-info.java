import org.jspecify.annotations.NullMarked;

/** An HTTP server whose handlers are coroutines. */
@NullMarked
module dev.weft.http {
    requires transitive dev.weft;
    requires dev.weft.net;
    requires dev.weft.netty;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires static org.jspecify;

    exports dev.weft.http;
}
