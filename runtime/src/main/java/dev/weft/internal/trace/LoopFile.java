package dev.weft.internal.trace;

import dev.weft.internal.report.UserCode;
import dev.weft.internal.trace.record.Recorder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to which the traces of loops are appended. The file is complete after each. Any thread.
 */
final class LoopFile {
    /** A program that opens loops for ever must not fill the disk. */
    private static final long MOST_BYTES = 2L << 30;

    private final Path path;
    private final Format format;
    private int loops;
    private boolean isFull;

    /** Creates a file. The end of its name decides about the format. */
    LoopFile(Path path) {
        this.path = path;
        this.format = Format.of(String.valueOf(path.getFileName()));
    }

    /** Writes a loop. Messages go to the standard error stream. */
    synchronized void write(Recorder recorder, long origin) {
        if (isFull) {
            return;
        }
        try {
            LoopTrace trace = new LoopTrace(recorder, origin);
            append(trace);
            say(trace.dropped(), trace.name);
        } catch (Throwable failure) {
            System.err.println(
                    "weft: cannot write the trace " + path + ": " + UserCode.textOf(failure));
        }
    }

    private static void say(@Nullable String dropped, String loop) {
        if (dropped != null) {
            System.err.println("weft: trace of the loop of thread " + loop + ": " + dropped);
        }
    }

    private void append(LoopTrace trace) throws IOException {
        byte[] tail = format.tail().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            begin(file, tail.length);
            Json out = new Json(Channels.newOutputStream(file.getChannel()));
            format.write(trace, ++loops, out);
            out.flush();
            file.write(tail);
            if (file.length() > MOST_BYTES) {
                isFull = true;
                System.err.println(
                        "weft: the trace " + path + " is full; loops that close later are missing");
            }
        }
    }

    private void begin(RandomAccessFile file, int tail) throws IOException {
        if (loops == 0) {
            file.setLength(0);
            file.write(format.head().getBytes(StandardCharsets.UTF_8));
        } else {
            file.seek(file.length() - tail);
            file.write(format.separator().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Makes the file complete if it has no loop. */
    synchronized void end() throws IOException {
        if (loops == 0) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                begin(file, 0);
                file.write(format.tail().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
