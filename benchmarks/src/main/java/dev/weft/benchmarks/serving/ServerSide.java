package dev.weft.benchmarks.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The server's end of a {@link ServerProcess}. Prints the port, and for each line of the input the
 * bytes of the live objects. Ends the process at the end of the input.
 */
public final class ServerSide {
    /** The number of connections that wait to be accepted. */
    public static final int BACKLOG = 4_096;

    private ServerSide() {}

    /** Returns any free port of the loopback interface. */
    public static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Tells the client the port. */
    public static void ready(InetSocketAddress bound) {
        ready(bound.getPort());
    }

    /** Tells the client the port. */
    public static void ready(int port) {
        System.out.println("port " + port);
    }

    /** Answers the client on another thread. */
    public static void startAnswering() {
        Thread answers = new Thread(ServerSide::answer);
        answers.setDaemon(true);
        answers.start();
    }

    private static void answer() {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            while (input.readLine() != null) {
                System.out.println("live " + live());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Returns the least of three, because some objects need two collections. */
    private static long live() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
