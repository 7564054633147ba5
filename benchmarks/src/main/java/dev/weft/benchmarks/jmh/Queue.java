package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** W6: per message. */
public class Queue extends PeerState {
    private static final int N = 1_000_000;

    @Benchmark
    @OperationsPerInvocation(N)
    public long pingPong() throws Exception {
        return peer.pingPong(N / 2);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long ofCapacity100() throws Exception {
        return peer.stream(N, 100);
    }
}
