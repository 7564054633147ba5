package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import dev.weft.internal.report.Printable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace of another process. Dropped there when this is closed, and by itself after a minute. */
public final class LiveTrace implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final Copy copy;

    private LiveTrace(Copy copy) {
        this.copy = copy;
    }

    /** Starts a trace of all loops of one copy of the runtime. */
    static LiveTrace start(Copy copy, int seconds, int spans, String format) {
        String unused =
                copy.ask("trace", Integer.toString(seconds), Integer.toString(spans), format);
        return new LiveTrace(copy);
    }

    /** Waits for the end of the trace, and writes the result to a file. */
    public void write(Path file) throws IOException, InterruptedException {
        String state = copy.ask("tracing");
        while (state.equals("running") || state.equals("writing")) {
            Thread.sleep(PAUSE_MILLIS);
            state = copy.ask("tracing");
        }
        if (!state.startsWith("done ")) {
            throw CommandException.failed("the trace is lost: " + Printable.of(state));
        }
        long length = Long.parseLong(state.substring("done ".length()));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (long offset = 0; offset < length; ) {
                String piece = copy.ask("piece", Long.toString(offset));
                if (piece.isEmpty()) {
                    throw CommandException.failed("the trace has ended too early");
                }
                out.write(piece);
                offset += piece.length();
            }
        }
    }

    @Override
    public void close() {
        String unused = copy.ask("drop");
    }
}
