package dev.weft.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The last handler of the pipeline of a connection with HTTP/1.1. */
final class Http1Input extends ChannelInboundHandlerAdapter {
    private final Http1Carrier carrier;

    Http1Input(Http1Carrier carrier) {
        this.carrier = carrier;
    }

    /** Takes a message. Tests of classes are far cheaper here than those of interfaces. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (carrier.saysGoodbye()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof DefaultHttpRequest head) {
            carrier.takeHead(head);
        }
        if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
            carrier.takeEnd();
        } else if (message instanceof DefaultFullHttpRequest) { // which was refused
            carrier.takeMalformed();
            ReferenceCountUtil.release(message);
        } else if (message instanceof DefaultHttpContent part) {
            take(part);
        }
    }

    private void take(DefaultHttpContent part) {
        if (part.decoderResult().isFailure()) {
            part.release();
            carrier.takeMalformed();
        } else {
            carrier.takePart(part.content(), part instanceof DefaultLastHttpContent);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        carrier.readComplete();
    }

    /** The client has ended its output, which all but a few do by closing the connection. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            carrier.inputEnded();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        carrier.roomChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        carrier.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Connection.log(cause);
        carrier.abort();
    }
}
