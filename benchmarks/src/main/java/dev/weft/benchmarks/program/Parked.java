package dev.weft.benchmarks.program;

import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.Peer;

/** W4: bytes per sleeping task. Arguments: peer, tasks, depth. */
public final class Parked implements Runnable {
    /** Parked before, so that what is loaded and allocated once is not counted. */
    private static final int FIRST = 1_000;

    private final int tasks;
    private final int depth;
    private long before = -1;

    private Parked(int tasks, int depth) {
        this.tasks = tasks;
        this.depth = depth;
    }

    public static void main(String[] args) throws Exception {
        int tasks = Integer.parseInt(args[1]);
        int depth = Integer.parseInt(args[2]);
        Parked parked = new Parked(tasks, depth);
        Peers.load(args[0], Peer.class).park(new int[] {FIRST, tasks}, depth, parked);
    }

    @Override
    public void run() {
        long live = Heap.live();
        if (before < 0) {
            before = live;
            return;
        }
        String workload = String.format("%,d tasks at depth %d", tasks, depth);
        Out.print(workload, "B per task", (live - before) / (double) tasks);
        Out.print(workload, "heap MB", live / 1e6);
        Out.exit();
    }
}
