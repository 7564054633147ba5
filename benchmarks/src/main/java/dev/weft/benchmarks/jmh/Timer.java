package dev.weft.benchmarks.jmh;

import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.TimerQueue;
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

/** W7c: per timer added and cancelled while a million others, due in an hour, are alive. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Timer {
    private static final int OUTSTANDING = 1_000_000;
    private static final int N = 200_000;
    private static final long SPAN = 10_000_000_000L;

    private final long[] delays = Shape.delays(N, Shape.HOUR, SPAN);

    @Param("Weft timers")
    public String name = "";

    private TimerQueue timers = new Unset();

    @Setup
    public void fill() throws Exception {
        timers = Peers.load(name, TimerQueue.class);
        timers.fill(Shape.delays(OUTSTANDING, Shape.HOUR, SPAN));
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public void addAndCancel() throws Exception {
        timers.addAndCancel(delays);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public void windowOf1000() throws Exception {
        timers.window(delays);
    }

    private static final class Unset implements TimerQueue {
        @Override
        public void fill(long[] delays) {}

        @Override
        public void addAndCancel(long[] delays) {}
    }
}
