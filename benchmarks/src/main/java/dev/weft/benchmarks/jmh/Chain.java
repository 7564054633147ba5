package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** W5b: per new chain of a hundred nested coroutines that suspends once. */
public class Chain extends PeerState {
    private static final int N = 10_000;

    @Benchmark
    @OperationsPerInvocation(N)
    public long ofAHundred() throws Exception {
        return peer.chains(100, N);
    }
}
