package dev.weft.benchmarks.program;

import com.sun.management.OperatingSystemMXBean;
import dev.weft.benchmarks.peers.Peers;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.benchmarks.workload.Sleeper;
import java.lang.management.ManagementFactory;

/**
 * W7: CPU time of the process and lateness of sleeps, uniform over some seconds. Arguments: peer,
 * sleeps, seconds.
 */
public final class Sleepers {
    private Sleepers() {}

    public static void main(String[] args) throws Exception {
        int sleeps = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Sleeper sleeper = Peers.load(args[0], Sleeper.class);
        SleepLog log = new SleepLog(Shape.delays(sleeps, 0, seconds * 1_000_000_000L));
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        sleeper.sleeps(log);
        double cpu = (system.getProcessCpuTime() - before) / 1e9;
        String workload = String.format("%,d sleeps over %d s", sleeps, seconds);
        Out.print(workload, "CPU s", cpu);
        Out.print(workload, "CPU µs per sleep", cpu * 1e6 / sleeps);
        printLateness(workload, log.steady());
        Out.exit();
    }

    private static void printLateness(String workload, long[] late) {
        if (late.length == 0) {
            return;
        }
        Out.print(workload, "late ms, median", late[late.length / 2] / 1e6);
        Out.print(workload, "late ms, p99", late[(int) (late.length * 0.99)] / 1e6);
        Out.print(workload, "late ms, max", late[late.length - 1] / 1e6);
    }
}
