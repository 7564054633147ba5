package dev.weft.net;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TaskGroup;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * A child process whose pipes are streams.
 *
 * <pre>{@code
 * Subprocess.Result sorted = await(Subprocess.run(1_000_000, "sort", "names.txt"));
 *
 * try (Subprocess child = Subprocess.start(new ProcessBuilder("bc").redirectErrorStream(true))) {
 *     await(child.input().write("6 * 7\n"));
 *     log.add(await(child.output().readLine()));
 * }
 * }</pre>
 *
 * <p>A child that writes more than a pipe holds waits until its output is read. So read {@link
 * #output} and {@link #errors} in two tasks, or redirect one of them, or use {@link #run}. While a
 * task waits for a pipe or for the exit, virtual time stands still.
 *
 * <p>The end of the loop ends all of its child processes at once, with SIGKILL and with their
 * descendants. A descendant whose parent has ended before is no descendant any more: it is not
 * found.
 *
 * <p>A subprocess belongs to the loop that made it and is used on that loop's thread.
 */
public final class Subprocess implements AutoCloseable {
    private final Children siblings;
    private final Process process;
    private final ProcessEnd end;
    private final CompletableFuture<Integer> exited;
    private final ChildInput input;
    private final ChildOutput output;
    private final ChildOutput errors;
    private boolean isClosed;

    /** True from the request to end the process until nothing can be alive. */
    private boolean isEnding;

    private Subprocess(Children siblings, ProcessBuilder builder, Process process) {
        EventLoop loop = siblings.loop();
        this.siblings = siblings;
        this.process = process;
        this.end =
                new ProcessEnd(
                        process.toHandle(),
                        () -> handIn(this::endThreads),
                        () -> handIn(this::hasEnded));
        this.exited = process.onExit().thenApply(Process::exitValue);
        boolean hasInput = builder.redirectInput().equals(Redirect.PIPE);
        boolean hasOutput = builder.redirectOutput().equals(Redirect.PIPE);
        boolean hasErrors =
                builder.redirectError().equals(Redirect.PIPE) && !builder.redirectErrorStream();
        this.input = new ChildInput(loop, process.getOutputStream(), hasInput, this::forgetIfOver);
        this.output =
                new ChildOutput(loop, process.getInputStream(), hasOutput, this::forgetIfOver);
        this.errors =
                new ChildOutput(loop, process.getErrorStream(), hasErrors, this::forgetIfOver);
    }

    /**
     * The end of a process. The arrays belong to the caller.
     *
     * @param exit the exit code; 128 + the number of the signal that has ended the process
     */
    @SuppressWarnings("ArrayRecordComponent") // a copy on each call would be dear
    public record Result(int exit, byte[] output, byte[] errors) {}

    // ---- starting

    /**
     * Runs a command without input and reads both of its outputs. Cancelling closes the process, as
     * {@link #close}.
     *
     * @param outputLimit the largest number of bytes of each output
     * @throws LimitExceededException if an output is longer; the process is closed
     * @throws IOException if the command cannot be started: the message names the command
     */
    @Async
    public static Coroutine<Result> run(int outputLimit, String... command) throws IOException {
        if (outputLimit < 0) {
            throw new IllegalArgumentException("outputLimit < 0: " + outputLimit);
        }
        try (Subprocess child = start(new ProcessBuilder(command))) {
            child.input().close();
            return Coroutine.of(
                    await(TaskGroup.scope(group -> child.result(group, command[0], outputLimit))));
        }
    }

    @Async
    private Coroutine<Result> result(TaskGroup group, String command, int limit) {
        String nameOfOutput = "output of " + command;
        String nameOfErrors = "errors of " + command;
        Task<byte[]> out = group.create(nameOfOutput, () -> readAll(output, nameOfOutput, limit));
        Task<byte[]> err = group.create(nameOfErrors, () -> readAll(errors, nameOfErrors, limit));
        byte[] outBytes = await(out);
        byte[] errBytes = await(err);
        return Coroutine.of(new Result(await(exit()), outBytes, errBytes));
    }

    @Async
    private static Coroutine<byte[]> readAll(ByteStream stream, String name, int limit)
            throws IOException {
        try {
            return Coroutine.of(await(stream.readAll(limit)));
        } catch (LimitExceededException e) {
            throw new LimitExceededException(
                    String.format(
                            Locale.ROOT,
                            "the %s has more than %,d bytes: pass a higher limit to run",
                            name,
                            limit),
                    e.partial());
        }
    }

    /**
     * Starts a process, which takes a few milliseconds. The settings of {@code builder} apply. An
     * output that is redirected is a stream at its end; an input that is redirected cannot be
     * written.
     *
     * @throws IOException if the command cannot be started: the message names the command
     * @throws IllegalStateException outside of a loop
     */
    public static Subprocess start(ProcessBuilder builder) throws IOException {
        Children siblings = Children.current();
        if (builder.command().isEmpty()) {
            throw new IllegalArgumentException("the command is empty");
        }
        Process process = builder.start();
        try {
            Subprocess child = new Subprocess(siblings, builder, process);
            siblings.add(child);
            CompletionStage<Integer> exited = child.exited;
            exited.thenRun(() -> child.handIn(child::hasExited));
            return child;
        } catch (Throwable failure) {
            process.toHandle().destroyForcibly();
            throw failure;
        }
    }

    // ---- the streams

    /** Returns the standard input of the process. To end the input, close the stream. */
    public ByteStream input() {
        return input;
    }

    /**
     * Returns the standard output of the process. If this stream alone is closed, the process may
     * write once more before its writes fail. When the process has ended, the JDK closes the pipe,
     * so later output of descendants may be missing.
     */
    public ByteStream output() {
        return output;
    }

    /** Returns the standard error of the process, as {@link #output}. */
    public ByteStream errors() {
        return errors;
    }

    // ---- the process

    /** Returns the process, for its number and for other signals. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Returns the exit code once the process has ended; 128 + the number of the signal that has
     * ended the process. Each call returns a result of its own: cancelling one has no effect on the
     * others or on the process.
     */
    public Deferred<Integer> exit() {
        return Deferred.from(exited.copy());
    }

    /**
     * Ends the process and closes the streams, without waiting. The process and its descendants get
     * SIGTERM, and SIGKILL if they live 5 seconds of real time later, or when the loop ends. Has no
     * effect on a process that has ended. Closing twice is harmless.
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        LoopThread.check(siblings.loop(), "close");
        isClosed = true;
        if (!exited.isDone() && !Waiting.isClosed(siblings.loop())) {
            isEnding = true;
            // Without its pipes the process might end before its descendants were found.
            input.keepPipe();
            output.keepPipe();
            errors.keepPipe();
            ProcessEnds.request(end);
        }
        input.close();
        output.close();
        errors.close();
        forgetIfOver();
    }

    private void hasExited() {
        input.childExited();
        forgetIfOver();
    }

    private void hasEnded() {
        isEnding = false;
        forgetIfOver();
    }

    /** Runs {@code callback} on the loop, unless the loop has ended. Any thread. */
    private void handIn(Runnable callback) {
        try {
            siblings.loop().execute(callback);
        } catch (RejectedExecutionException loopHasClosed) {
            return; // and has ended this process
        }
    }

    /** Lets the loop forget this when the loop's end has nothing to do. */
    private void forgetIfOver() {
        boolean hasThread = input.hasThread() || output.hasThread() || errors.hasThread();
        if (exited.isDone() && !isEnding && !hasThread) {
            siblings.remove(this);
        }
    }

    // ---- for the loop's end

    ProcessEnd end() {
        return end;
    }

    void endThreads() {
        input.endThread();
        output.endThread();
        errors.endThread();
    }
}
