package dev.weft.benchmarks.echo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The server process. Argument: peer. Prints its port, and for each line of its input the bytes of
 * its live objects. Ends at the end of its input.
 */
public final class EchoServer {
    /** The number of connections that wait to be accepted. */
    static final int BACKLOG = 4_096;

    private EchoServer() {}

    public static void main(String[] args) throws Exception {
        Thread answers = new Thread(EchoServer::answer);
        answers.setDaemon(true);
        answers.start();
        switch (args[0]) {
            case "limit" -> SelectorEcho.run(4_096);
            case "Weft" -> WeftEcho.run(false);
            case "Weft_(own_buffer)" -> WeftEcho.run(true);
            case "Netty_NIO" -> NettyEcho.run(false);
            case "Netty_epoll" -> NettyEcho.run(true);
            case "virtual_threads" -> ThreadEcho.run();
            default -> throw new IllegalArgumentException("no echo server of " + args[0]);
        }
    }

    /** Returns any free port of the loopback interface. */
    static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Tells the client the port. */
    static void ready(InetSocketAddress bound) {
        System.out.println("port " + bound.getPort());
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
