package dev.weft.internal.trace;

import dev.weft.internal.idle.BareThread;
import dev.weft.internal.report.Printable;
import dev.weft.internal.report.UserCode;
import dev.weft.internal.thread.JvmShutdown;
import java.io.IOException;
import java.nio.file.Path;

/** The trace of {@code -Dweft.trace=FILE}: that of the whole run of the program. */
public final class TraceFile {
    private static final int SPANS = 1_000_000;

    /** The time that a loop has at the end of the JVM to close after its run. */
    private static final long GRACE_NANOS = 200_000_000;

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private TraceFile() {}

    /** Starts the trace that the properties ask for. */
    public static void start() {
        String property = System.getProperty("weft.trace", "");
        String name = property.isEmpty() || property.equals("true") ? "weft-trace.json" : property;
        Tracing tracing;
        try {
            tracing = Tracing.start(Path.of(name), Integer.getInteger("weft.trace.spans", SPANS));
        } catch (IOException | RuntimeException refused) {
            System.err.println(
                    "weft: nothing is traced: -Dweft.trace="
                            + Printable.of(name)
                            + ": "
                            + UserCode.textOf(refused));
            return;
        }
        Thread end = BareThread.create("weft-trace-end", () -> writeAtJvmEnd(tracing));
        Runtime.getRuntime().addShutdownHook(end);
    }

    private static void writeAtJvmEnd(Tracing tracing) {
        try {
            awaitLoops(tracing);
        } catch (InterruptedException atOnce) {
            // what was recorded so far is written
        }
        tracing.writeNow();
    }

    /** Waits for loops whose runs are being ended. */
    private static void awaitLoops(Tracing tracing) throws InterruptedException {
        long began = System.nanoTime();
        long quietSince = began;
        while (System.nanoTime() - began < PATIENCE_NANOS && !tracing.threads().isEmpty()) {
            if (tracing.threads().stream().anyMatch(JvmShutdown::isWatched)) {
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > GRACE_NANOS) {
                return;
            }
            Thread.sleep(1);
        }
    }
}
