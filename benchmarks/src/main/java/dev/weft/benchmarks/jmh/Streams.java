package dev.weft.benchmarks.jmh;

import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.StreamPeer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Streams: per element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Streams {
    private static final int N = 1_000_000;
    private static final StreamPeer UNSET = new StreamPeer() {};

    @Param("Weft")
    public String name = "";

    private StreamPeer peer = UNSET;

    @Setup
    public void load() throws ReflectiveOperationException {
        peer = Peers.load(name, StreamPeer.class);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long generated() throws Exception {
        return checked(peer.generated(N));
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long mapped() throws Exception {
        return checked(peer.mapped(N));
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long turns() throws Exception {
        return checked(peer.turns(N));
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long concurrent() throws Exception {
        return checked(peer.concurrent(N));
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long published() throws Exception {
        return checked(peer.published(N));
    }

    private static long checked(long sum) {
        if (sum != StreamPeer.sum(N)) {
            throw new IllegalStateException("a wrong sum: " + sum);
        }
        return sum;
    }
}
