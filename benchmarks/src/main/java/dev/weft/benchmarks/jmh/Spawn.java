package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** W3: per task. */
public class Spawn extends PeerState {
    private static final int N = 1_000_000;

    @Param({"1000000", "1000"})
    public int batch;

    @Benchmark
    @OperationsPerInvocation(N)
    public long spawnAndJoin() throws Exception {
        return peer.spawns(N, batch);
    }
}
