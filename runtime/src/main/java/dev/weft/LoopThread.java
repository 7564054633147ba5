package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.UserCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on a thread of its own, for programs whose other threads hand work to it.
 *
 * <pre>{@code
 * try (LoopThread thread = LoopThread.start("mailer")) {
 *     CompletableFuture<String> reply = thread.submit(() -> greet("Ada"));
 *     log.add(reply.get());
 * }
 * }</pre>
 *
 * <p>Any thread may use it.
 */
public final class LoopThread implements AutoCloseable {
    private static final long CLOSE_MILLIS = 10_000;

    private final Thread thread;

    /** The promise whose completion ends the loop, once the loop is there. */
    private final CompletableFuture<Promise<Void>> started = new CompletableFuture<>();

    private LoopThread(String name, UnaryOperator<Runner> settings) {
        thread = new Thread(() -> run(settings), name);
        thread.setDaemon(false);
    }

    /**
     * Starts a thread named {@code name} with a loop that runs until {@link #close}. The thread is
     * no daemon: it keeps the JVM alive.
     */
    public static LoopThread start(String name) {
        return start(name, UnaryOperator.identity());
    }

    /**
     * Starts a thread named {@code name} with a loop that runs until {@link #close}.
     *
     * @param settings receives a new runner on the new thread and returns it with its settings; its
     *     exception comes out of this method
     */
    public static LoopThread start(String name, UnaryOperator<Runner> settings) {
        if (name == null) {
            throw new NullPointerException("name");
        }
        if (settings == null) {
            throw new NullPointerException("settings");
        }
        LoopThread created = new LoopThread(name, settings);
        created.thread.start();
        try {
            created.started.join();
        } catch (CompletionException failure) {
            throw Thrown.sneak(UserCode.unwrapped(failure));
        }
        return created;
    }

    private void run(UnaryOperator<Runner> settings) {
        Runner runner;
        Promise<Void> end;
        try {
            runner = UserCode.apply(settings, Weft.runner());
            TaskLoop loop = runner.loop().core;
            loop.checkThread("LoopThread.start with a loop of another thread");
            loop.staysOpen();
            end = new Promise<>(loop);
        } catch (Throwable failure) {
            started.completeExceptionally(failure);
            return;
        }
        try (runner) {
            started.complete(end);
            runner.run(new UntilEnd(end));
        } catch (CancelledError interrupted) {
            return; // by an interrupt or by the end of the JVM; the runner is closed
        }
    }

    /** The main task: waits for the request to end. */
    private static final class UntilEnd extends Coroutine<Void> {
        private final Promise<Void> end;
        private boolean isWaiting;

        UntilEnd(Promise<Void> end) {
            this.end = end;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            if (isWaiting) {
                return Machine.resumed(value);
            }
            isWaiting = true;
            return Machine.await(end, this, task, depth);
        }
    }

    /** Returns the loop. */
    public EventLoop loop() {
        return started.join().loop();
    }

    /**
     * Runs {@code body} as a task of the loop, as {@link EventLoop#submit}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    public <T> CompletableFuture<T> submit(AsyncCallable<T> body) {
        return loop().submit(body);
    }

    /**
     * Cancels all tasks, waits until they have ended, and ends the thread. Waits at most 10 s; then
     * a warning is logged and the thread is left alone. On the loop's own thread this does not
     * wait. Closing twice has no effect. An interrupt ends the wait and stays set.
     */
    @Override
    public void close() {
        started.join().complete(null);
        if (CurrentLoop.thread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                Log.warning("thread " + thread.getName() + " has not ended within 10 s", thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
