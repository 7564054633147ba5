package dev.weft.benchmarks.echo;

import dev.weft.benchmarks.serving.Descriptors;
import dev.weft.benchmarks.serving.ServerSide;

/**
 * A server process with several loops, each with a port and a table of descriptors. Arguments:
 * peer, loops.
 */
public final class ManyServers {
    private ManyServers() {}

    public static void main(String[] args) throws Exception {
        ServerSide.startAnswering();
        Descriptors.prepare();
        for (int i = Integer.parseInt(args[1]); i > 0; i--) {
            new Thread(() -> serve(args[0])).start();
        }
    }

    private static void serve(String peer) {
        try {
            Descriptors.take();
            EchoServer.run(peer);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
