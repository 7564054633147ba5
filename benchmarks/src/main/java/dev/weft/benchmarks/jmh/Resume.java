package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** W5: per resume of the innermost of so many coroutines. */
public class Resume extends PeerState {
    private static final int N = 200_000;

    @Param({"1", "10", "100", "1000"})
    public int depth;

    @Benchmark
    @OperationsPerInvocation(N)
    public long innermost() throws Exception {
        return peer.resumes(depth, N);
    }
}
