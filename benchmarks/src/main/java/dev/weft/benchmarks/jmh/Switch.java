package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** W2: per turn given up. */
public class Switch extends PeerState {
    private static final int N = 2_000_000;

    @Param({"1", "1000"})
    public int tasks;

    @Benchmark
    @OperationsPerInvocation(N)
    public long turn() throws Exception {
        return peer.switches(tasks, N / tasks);
    }
}
