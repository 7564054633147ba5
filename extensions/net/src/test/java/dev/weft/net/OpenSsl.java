package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of OpenSSL. */
final class OpenSsl implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final List<String> seen = new ArrayList<>();

    private OpenSsl(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.input = process.outputWriter(UTF_8);
    }

    static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static OpenSsl start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // so that a thread that waits for output cannot wait for ever
        CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new OpenSsl(process);
    }

    /** Waits for a line with {@code part}. */
    @Async
    Coroutine<String> line(String part) throws IOException {
        while (true) {
            String line = await(blocking(output::readLine));
            if (line == null) {
                throw new EOFException("no line has \"" + part + "\": " + seen);
            }
            seen.add(line);
            if (line.contains(part)) {
                return Coroutine.of(line);
            }
        }
    }

    void type(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Ends the process without a word to its peer. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
