package dev.weft.http;

import dev.weft.Weft;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The choice of the protocol of a connection. */
final class Protocols {
    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 = "h2";

    private Protocols() {}

    static void install(Connection connection, Channel channel) {
        SSLContext tls = connection.settings().tls();
        if (tls != null) {
            channel.pipeline().addLast(handshake(connection, tls), new Agreement(connection));
        } else if (connection.settings().isHttp2()) {
            channel.pipeline().addLast(new Preface(connection));
        } else {
            Http1Carrier.install(connection, channel);
        }
    }

    private static SslHandler handshake(Connection connection, SSLContext tls) {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(
                connection.settings().isHttp2()
                        ? new String[] {HTTP_2, HTTP_1}
                        : new String[] {HTTP_1});
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, work -> Weft.blocking(work::run));
        handler.setHandshakeTimeoutMillis(0); // the patience of the connection limits it
        return handler;
    }

    /** Installs the protocol that client and server have agreed on in the handshake. */
    private static final class Agreement extends ChannelInboundHandlerAdapter {
        private final Connection connection;
        private final Patience patience;

        Agreement(Connection connection) {
            this.connection = connection;
            this.patience = connection.patienceForProtocol();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent completion)) {
                context.fireUserEventTriggered(event);
                return;
            }
            patience.stop();
            if (!completion.isSuccess()) {
                Connection.log(completion.cause());
                Ends.close(context.channel());
                return;
            }
            SSLEngine engine = context.pipeline().get(SslHandler.class).engine();
            context.pipeline().remove(this);
            if (HTTP_2.equals(engine.getApplicationProtocol())) {
                Http2Link.install(connection, context.channel());
            } else {
                Http1Carrier.install(connection, context.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Connection.log(cause);
            Ends.close(context.channel());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            patience.stop();
        }
    }

    /** Looks whether a connection begins as one of HTTP/2. */
    private static final class Preface extends ByteToMessageDecoder {
        private final Connection connection;
        private final Patience patience;
        private final ByteBuf expected = Http2CodecUtil.connectionPrefaceBuf();

        Preface(Connection connection) {
            this.connection = connection;
            this.patience = connection.patienceForProtocol();
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int count = Math.min(in.readableBytes(), expected.readableBytes());
            boolean isHttp2 = true;
            for (int i = 0; i < count && isHttp2; i++) {
                isHttp2 = in.getByte(in.readerIndex() + i) == expected.getByte(i);
            }
            if (isHttp2 && count < expected.readableBytes()) {
                return;
            }
            patience.stop();
            if (isHttp2) {
                Http2Link.install(connection, context.channel());
            } else {
                Http1Carrier.install(connection, context.channel());
            }
            context.pipeline().remove(this); // passes on what has come
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            patience.stop();
            super.channelInactive(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Connection.log(cause);
            Ends.close(context.channel());
        }
    }
}
