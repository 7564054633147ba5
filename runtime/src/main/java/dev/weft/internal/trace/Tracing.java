package dev.weft.internal.trace;

import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.internal.trace.record.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A trace of all loops of the JVM, from now until {@link #stop} or the end of the JVM. A loop is
 * written to the file when it closes, the others at the end. Any thread.
 */
public final class Tracing {
    /** The time that a loop has to stop its recorder. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final LoopFile file;
    private final Recorder.Budgets budgets;
    private final long origin = System.nanoTime();

    /** The loops that are not written. Guarded by this. */
    private final Map<Recorder, Traced> open = new LinkedHashMap<>();

    private boolean isStopped;
    private final Handle listening;

    /** A loop and the handle that removes the recorder. */
    private record Traced(EventLoop loop, Handle handle) {
        /** Removes the recorder, on the loop's thread. */
        CompletableFuture<Boolean> end() {
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            Runnable cancel =
                    () -> {
                        handle.cancel();
                        ended.complete(true);
                    };
            try {
                loop.execute(cancel);
            } catch (RejectedExecutionException closed) {
                ended.complete(true);
            }
            return ended;
        }
    }

    private Tracing(LoopFile file, int spans) {
        this.file = file;
        this.budgets = new Recorder.Budgets(spans);
        this.listening = EventLoop.onOpen(this::add);
    }

    /**
     * Starts a trace.
     *
     * @param path the file; {@code .html} for a page, otherwise JSON
     * @param spans the largest number of spans to keep, 44 bytes each
     * @throws IOException if the file cannot be written
     */
    public static Tracing start(Path path, int spans) throws IOException {
        if (spans < 0) {
            throw new IllegalArgumentException("spans < 0: " + spans);
        }
        return new Tracing(new LoopFile(path.toAbsolutePath()), spans);
    }

    private void add(EventLoop loop) {
        Recorder recorder = new Recorder(loop.thread().getName(), budgets, this::write);
        Handle handle = loop.observe(recorder);
        synchronized (this) {
            if (!isStopped) {
                open.put(recorder, new Traced(loop, handle));
                return;
            }
        }
        handle.cancel(); // the loop was stuck while the trace lasted
    }

    /** Writes a loop, once. */
    private void write(Recorder recorder) {
        synchronized (this) {
            if (open.remove(recorder) == null) {
                return;
            }
        }
        file.write(recorder, origin);
        recorder.release();
    }

    private synchronized List<Recorder> recorders() {
        return new ArrayList<>(open.keySet());
    }

    /** Returns the threads of the loops that are not written. */
    synchronized List<Thread> threads() {
        return open.values().stream().map(traced -> traced.loop.thread()).toList();
    }

    /**
     * Ends the trace and completes the file. A loop that does not answer is written with the step
     * that keeps it from answering.
     *
     * @throws IOException if a loop could not be written; the others are in the file
     */
    public void stop() throws IOException, InterruptedException {
        listening.cancel();
        Map<Recorder, CompletableFuture<Boolean>> ends = new LinkedHashMap<>();
        synchronized (this) {
            isStopped = true;
            open.forEach((recorder, traced) -> ends.put(recorder, traced.end()));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (Map.Entry<Recorder, CompletableFuture<Boolean>> entry : ends.entrySet()) {
            if (!isDone(entry.getValue(), end - System.nanoTime())) {
                entry.getKey().addRunning();
            }
            write(entry.getKey());
        }
        file.end();
    }

    private static boolean isDone(CompletableFuture<Boolean> future, long nanos)
            throws InterruptedException {
        try {
            return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stuck) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes what was recorded so far, when no loop can answer any more. */
    void writeNow() {
        for (Recorder recorder : recorders()) {
            recorder.addRunning();
            write(recorder);
        }
    }
}
