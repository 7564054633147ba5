package dev.weft.internal.trace;

import dev.weft.internal.idle.BareThread;
import dev.weft.internal.report.UserCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A trace that a tool has asked for, and then reads in pieces. It ends by itself, so that a tool
 * that has died leaves nothing behind. One at a time. Any thread.
 */
public final class TraceRequest implements Runnable {
    /** The time in which a tool must begin to read the result. */
    private static final long KEPT_SECONDS = 60;

    private static final int PIECE = 1 << 18;

    private static @Nullable TraceRequest last;

    private final Path file;
    private final Tracing tracing;
    private final int seconds;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile String state = "running";

    private TraceRequest(Path file, int seconds, int spans) throws IOException {
        this.file = file;
        this.seconds = seconds;
        this.tracing = Tracing.start(file, spans);
    }

    /**
     * Starts a trace of all loops.
     *
     * @param seconds the time after which the trace ends
     * @param spans the largest number of spans to keep
     * @param format "json" or "html"
     * @throws IllegalStateException if another tool traces now
     */
    public static synchronized TraceRequest start(int seconds, int spans, String format)
            throws IOException {
        if (seconds < 0) {
            throw new IllegalArgumentException("seconds < 0: " + seconds);
        }
        if (last != null && !last.state.equals("gone")) {
            throw new IllegalStateException(
                    "another trace runs, or its result was not fetched yet");
        }
        String end = format.equals("html") ? ".html" : ".json";
        Path file = Files.createTempFile("weft-trace-", end);
        TraceRequest request;
        try {
            request = new TraceRequest(file, seconds, spans);
        } catch (IOException | RuntimeException refused) {
            Files.deleteIfExists(file);
            throw refused;
        }
        last = request;
        BareThread.create("weft-trace", request).start();
        return request;
    }

    /**
     * Returns the last trace that was started.
     *
     * @throws IllegalStateException if there is none
     */
    public static synchronized TraceRequest last() {
        if (last == null) {
            throw new IllegalStateException("no trace was started");
        }
        return last;
    }

    @Override
    public void run() {
        try {
            boolean unused = stop.await(seconds, TimeUnit.SECONDS);
            state = "writing";
            state = ended();
            unused = release.await(KEPT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException atOnce) {
            return;
        } finally {
            delete();
        }
    }

    private String ended() throws InterruptedException {
        try {
            tracing.stop();
            return "done " + Files.size(file);
        } catch (IOException | RuntimeException failure) {
            return "failed: " + UserCode.textOf(failure);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            return; // the folder for temporary files is cleared by the system
        } finally {
            state = "gone";
        }
    }

    /**
     * Returns "running", "writing", "done" with the number of bytes, "failed" with the reason, or
     * "gone".
     */
    public String state() {
        return state;
    }

    /** Ends the trace now. */
    public void end() {
        stop.countDown();
    }

    /** Drops the result. */
    public void drop() {
        stop.countDown();
        release.countDown();
    }

    /** Returns a piece of the file, which is ASCII; empty at its end. */
    public String piece(long offset) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(PIECE, in.length() - offset))];
            in.seek(offset);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }
}
