package dev.weft.netty;

import io.netty.channel.Channel;

/** The checks that a channel is used on its own thread. */
final class Checks {
    private Checks() {}

    static void belongsToThread(Channel channel) {
        if (!channel.isRegistered()) {
            throw new IllegalStateException(
                    channel
                            + " is not registered: register it with NettyLoop.current().eventLoop()");
        }
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException(
                    channel
                            + " belongs to another thread than this loop: register it with"
                            + " NettyLoop.current().eventLoop()");
        }
    }

    /** Checks that {@code call} comes from the thread of a registered channel. */
    static void isOnThread(String call, Channel channel) {
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException(
                    call
                            + " was called on thread "
                            + Thread.currentThread().getName()
                            + "; it belongs to the thread of its loop: use EventLoop.execute(...)");
        }
    }
}
