package dev.weft.samples.problems;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;

/** A stall: a task reads from a socket as if it had a thread of its own. */
public final class Reports {
    private final int port;

    Reports(int port) {
        this.port = port;
    }

    @Async
    private Coroutine<Integer> load() throws IOException {
        await(sleep(ofMillis(100)));
        try (Socket socket = new Socket("localhost", port);
                InputStream input = socket.getInputStream()) {
            return Coroutine.of(input.read()); // nothing comes, and the loop stands still
        }
    }

    @Async
    private Coroutine<Void> tick() {
        while (true) {
            await(sleep(ofSeconds(1)));
            System.out.println("tick");
        }
    }

    Coroutine<Void> serve() {
        return TaskGroup.scope(
                group -> {
                    group.create("clock", tick());
                    group.create("report", load());
                    return Coroutine.done();
                });
    }

    /** Runs the program, which does not end. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            run(new Reports(silent.getLocalPort()).serve());
        }
    }
}
