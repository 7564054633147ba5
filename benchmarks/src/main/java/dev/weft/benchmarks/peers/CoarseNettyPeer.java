package dev.weft.benchmarks.peers;

/** Netty's timer wheel with its defaults. */
public final class CoarseNettyPeer extends NettyPeer {
    public CoarseNettyPeer() {
        super(100, 512);
    }
}
