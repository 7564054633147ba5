package dev.weft.benchmarks.program;

import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.Peer;

/**
 * W2 and W3 with a number of tasks at once. Arguments: peer, {@code switch} or {@code spawn},
 * tasks.
 */
public final class Scale {
    private static final long SECOND = 1_000_000_000L;
    private static final int WARM = 100_000;

    /**
     * Turns that a task gives up in W2. Few, so that a run with ten million tasks ends in time. The
     * figures include the start of the tasks.
     */
    private static final int TURNS = 10;

    private Scale() {}

    private interface Work {
        long run(int tasks) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Peer peer = Peers.load(args[0], Peer.class);
        boolean switching = args[1].equals("switch");
        int tasks = Integer.parseInt(args[2]);
        Work work = n -> switching ? peer.switches(n, TURNS) : peer.spawns(n, n);
        nanosPerOperation(work, Math.min(tasks, WARM), 2 * SECOND);
        Out.print(args[1], "ns", nanosPerOperation(work, tasks, SECOND));
        Out.exit();
    }

    /** Returns the mean over a period, or over one run if a run takes longer. */
    private static double nanosPerOperation(Work work, int tasks, long time) throws Exception {
        long start = System.nanoTime();
        long operations = 0;
        do {
            operations += work.run(tasks);
        } while (System.nanoTime() - start < time);
        return (System.nanoTime() - start) / (double) operations;
    }
}
