package dev.weft.benchmarks.program;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Reference;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Traffic;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Serves batches of requests until the process has used some CPU time, and measures further ones.
 * Prints the batch with the median CPU time.
 */
public final class Serve {
    private static final int CONNECTIONS = 1_000;
    private static final int WARM_PASSES = 2;

    private final Service service;
    private final int passes;
    private final List<Batch> batches = new ArrayList<>();

    /** Elapsed time, CPU time and allocated bytes. */
    private record Usage(long nanos, long cpu, long bytes) {
        static Usage now() {
            return new Usage(System.nanoTime(), machine().getProcessCpuTime(), allocated());
        }
    }

    /** The cost of a request. */
    private record Batch(double micros, double cpuMicros, double bytes) {}

    private Serve(Service service, int passes) {
        this.service = service;
        this.passes = passes;
    }

    /**
     * Arguments: peer, CPU seconds before the measurement, number of batches, passes of a batch.
     */
    public static void main(String[] args) throws Exception {
        Serve serve = new Serve(Peers.load(args[0], Service.class), Integer.parseInt(args[3]));
        serve.warm(Integer.parseInt(args[1]));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            serve.measure();
        }
        serve.print();
    }

    private void warm(int seconds) throws Exception {
        long end = machine().getProcessCpuTime() + seconds * 1_000_000_000L;
        do {
            service.serve(new Traffic(WARM_PASSES, false), CONNECTIONS);
        } while (machine().getProcessCpuTime() < end);
    }

    private void measure() throws Exception {
        Traffic traffic = new Traffic(passes, true);
        Usage before = Usage.now();
        Ledger ledger = service.serve(traffic, CONNECTIONS);
        Usage after = Usage.now();
        check(ledger);
        double requests = ledger.requests();
        batches.add(
                new Batch(
                        (after.nanos - before.nanos) / 1e3 / requests,
                        (after.cpu - before.cpu) / 1e3 / requests,
                        (after.bytes - before.bytes) / requests));
    }

    private void check(Ledger ledger) {
        long expected = new Reference().serve(new Traffic(passes, true), 1).checksum();
        if (ledger.checksum() != expected) {
            throw new IllegalStateException(
                    "checksum " + ledger.checksum() + " instead of " + expected);
        }
    }

    private void print() {
        batches.sort(Comparator.comparingDouble(Batch::cpuMicros));
        Batch median = batches.get(batches.size() / 2);
        Out.print("service", "CPU µs", median.cpuMicros);
        Out.print("service", "requests/s", 1e6 / median.micros);
        Out.print("service", "B", median.bytes);
    }

    private static OperatingSystemMXBean machine() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    /**
     * Returns the bytes that all living threads have allocated. Carriers of virtual threads count.
     */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
