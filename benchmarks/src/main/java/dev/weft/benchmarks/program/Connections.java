package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.echo.ManyServers;
import dev.weft.benchmarks.serving.Descriptors;
import dev.weft.benchmarks.serving.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many connections that wait, to a single process with a heap of 256 MB. The process has a few
 * loops, each with descriptors of its own. So has this one. Arguments: peer, connections, loops.
 */
public final class Connections {
    /** Used before, so that what is loaded and allocated once is not counted. */
    private static final int BUSY = 16;

    private static final long HALF_A_SECOND = 500_000_000;
    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    private final ServerProcess server;
    private final int perLoop;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<EchoClient> busy = new ArrayList<>();

    private Connections(ServerProcess server, int perLoop) {
        this.server = server;
        this.perLoop = perLoop;
    }

    public static void main(String[] args) throws Exception {
        int loops = Integer.parseInt(args[2]);
        Descriptors.prepare();
        try (ServerProcess server =
                ServerProcess.start(ManyServers.class, OPTIONS, args[0], args[2])) {
            new Connections(server, Integer.parseInt(args[1]) / loops).measure(loops);
        }
        Out.exit();
    }

    private void measure(int loops) throws Exception {
        List<Integer> ports = new ArrayList<>(List.of(server.port()));
        while (ports.size() < loops) {
            ports.add(server.nextPort());
        }
        for (int port : ports) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            threads.add(thread);
            busy.add(thread.submit(() -> connect(port)).get());
        }
        exchange();
        long before = server.live();
        long start = System.nanoTime();
        long open = open(ports);
        exchange(); // the servers have accepted all before they answer these
        double seconds = (System.nanoTime() - start) / 1e9 - loops / 2.0;
        String workload = String.format("%,d idle connections", open);
        Out.print(workload, "B per connection", (server.live() - before) / (double) open);
        Out.print(workload, "MB resident", server.residentBytes() / 1e6);
        Out.print(workload, "accepted per s", open / seconds);
        Out.print(workload, "messages per s", exchange() / (loops / 2.0));
    }

    private static EchoClient connect(int port) throws Exception {
        Descriptors.take();
        return new EchoClient(port, BUSY, 1_024);
    }

    /** Lets each loop answer messages for half a second, one loop after the other. */
    private long exchange() throws InterruptedException, ExecutionException {
        long messages = 0;
        for (int i = 0; i < busy.size(); i++) {
            EchoClient client = busy.get(i);
            messages += threads.get(i).submit(() -> client.run(HALF_A_SECOND)).get();
        }
        return messages;
    }

    /** Opens connections by all threads at once. Returns their number. */
    private long open(List<Integer> ports) throws InterruptedException, ExecutionException {
        List<Future<EchoClient>> opening = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get(i);
            Callable<EchoClient> open = () -> new EchoClient(port, perLoop, 0);
            opening.add(threads.get(i).submit(open));
        }
        long open = 0;
        for (Future<EchoClient> each : opening) {
            open += each.get().connections();
        }
        return open;
    }
}
