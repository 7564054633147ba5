package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** W1 and W1b: per await. */
public class Await extends PeerState {
    private static final int N = 4_000_000;

    @Benchmark
    @OperationsPerInvocation(N)
    public long neverSuspends() throws Exception {
        return peer.awaits(N);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long anotherClass() throws Exception {
        return peer.awaitsInAnotherClass(N);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long rarelySuspends() throws Exception {
        return peer.awaitsThatMaySuspend(N);
    }
}
