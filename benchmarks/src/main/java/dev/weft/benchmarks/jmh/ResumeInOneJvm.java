package dev.weft.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** W5 at one depth, in a JVM that resumes at the other depth before each iteration. */
public class ResumeInOneJvm extends PeerState {
    private static final int N = 200_000;
    private static final int SHALLOW = 1;
    private static final int DEEP = 1_000;

    @Param({"" + SHALLOW, "" + DEEP})
    public int depth;

    @Setup(Level.Iteration)
    public void resumeAtTheOtherDepth() throws Exception {
        peer.resumes(depth == SHALLOW ? DEEP : SHALLOW, N);
    }

    @Benchmark
    @OperationsPerInvocation(N)
    public long innermost() throws Exception {
        return peer.resumes(depth, N);
    }
}
