package dev.weft.benchmarks.program;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.Outcome;
import dev.weft.instrument.folder.TreeCompilation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * W9: a run over a folder of class files on all cores of the JVM, as build tools start it. Reading
 * the files is included, writing is not. Arguments: the peer, which is Weft, and the folder.
 */
public final class PassCores {
    private static final int RUNS = 12;

    private PassCores() {}

    public static void main(String[] args) throws IOException {
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            Outcome outcome = TreeCompilation.of(Path.of(args[1]), compiler, Suppressions.NONE);
            double millis = (System.nanoTime() - start) / 1e6;
            best = Math.min(best, millis);
            if (run == 0) {
                String workload = String.format("%,d classes", outcome.classes());
                Out.print(workload, "ms, cold JVM", millis);
            } else if (run == RUNS - 1) {
                Out.print(String.format("%,d classes", outcome.classes()), "ms, warm", best);
            }
        }
    }
}
