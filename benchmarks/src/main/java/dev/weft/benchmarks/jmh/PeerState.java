package dev.weft.benchmarks.jmh;

import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.Peer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The peer that is measured, by the names of {@link Peers}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerState {
    private static final Peer UNSET = new Peer() {};

    @Param("Weft")
    public String name = "";

    Peer peer = UNSET;

    @Setup
    public void load() throws ReflectiveOperationException {
        peer = Peers.load(name, Peer.class);
    }
}
