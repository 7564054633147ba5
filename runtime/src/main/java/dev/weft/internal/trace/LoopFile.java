package dev.weft.internal.trace;

import dev.weft.internal.report.UserCode;
import dev.weft.internal.trace.record.Recorder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /** The reason why a loop is missing; null if there is none. */
    private @Nullable Throwable failure;

    /**
     * Creates a file without loops, or makes one empty. The end of its name decides about the
     * format.
     */
    LoopFile(Path path) throws IOException {
        this.path = path;
        this.format = Format.of(String.valueOf(path.getFileName()));
        Files.writeString(path, format.head() + format.tail());
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
        } catch (Throwable unwritten) {
            failure = unwritten;
            System.err.println(
                    "weft: cannot write the trace " + path + ": " + UserCode.textOf(unwritten));
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
            long end = file.length() - tail.length;
            try {
                append(trace, file, end);
            } catch (Throwable unwritten) {
                file.setLength(end);
                throw unwritten;
            } finally {
                file.seek(file.length());
                file.write(tail);
            }
            if (file.length() > MOST_BYTES) {
                isFull = true;
                System.err.println(
                        "weft: the trace " + path + " is full; loops that close later are missing");
            }
        }
    }

    private void append(LoopTrace trace, RandomAccessFile file, long end) throws IOException {
        file.seek(end);
        if (loops > 0) {
            file.write(format.separator().getBytes(StandardCharsets.UTF_8));
        }
        Json out = new Json(Channels.newOutputStream(file.getChannel()));
        format.write(trace, loops + 1, out);
        out.flush();
        loops++;
    }

    /** Throws if a loop is missing because it could not be written. */
    synchronized void end() throws IOException {
        if (failure != null) {
            throw new IOException(
                    "cannot write the trace " + path + ": " + UserCode.textOf(failure), failure);
        }
    }
}
