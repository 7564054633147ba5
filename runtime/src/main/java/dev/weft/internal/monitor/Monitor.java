package dev.weft.internal.monitor;

import dev.weft.internal.idle.BareThread;
import dev.weft.internal.loop.LoopRegistry;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.Tools;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets other processes look into the loops of this copy of the runtime. Several class loaders may
 * have a copy each. Called by name.
 */
public final class Monitor {
    /** The server of MBeans takes tens of milliseconds to load, which no start should wait for. */
    private static final long DELAY_NANOS = 1_000_000_000;

    private static boolean isStarted;

    /** The MBean. Null while no loop is open, so that the server keeps no class loader alive. */
    private static @Nullable Registration registration;

    private Monitor() {}

    /** Registers the MBean after a second, and then whenever a loop is open. */
    public static synchronized void start() {
        if (!isStarted) {
            isStarted = true;
            Tools.markMonitored();
            BareThread.create("weft-monitor", Monitor::registerLater).start();
        }
    }

    private static void registerLater() {
        long end = System.nanoTime() + DELAY_NANOS;
        for (long rest = DELAY_NANOS; rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(Monitor.class, rest);
        }
        try {
            Registration.prepare();
            LoopRegistry.onChange(Monitor::update);
            update();
        } catch (LinkageError | ReflectiveOperationException absent) {
            Log.warning(
                    "the monitor is off: this Java has no module java.management, which -Dweft.monitor"
                            + " and Runner.monitored() need",
                    absent);
        }
    }

    private static synchronized void update() {
        try {
            if (LoopRegistry.all().isEmpty()) {
                if (registration != null) {
                    registration.end();
                    registration = null;
                }
            } else if (registration == null) {
                registration = Registration.begin();
            }
        } catch (RuntimeException failure) {
            Log.warning("the monitor cannot register its MBean", failure);
        }
    }

    /**
     * Answers requests from the Unix domain socket at {@code path} until the other side closes the
     * connection. Returns when the connection exists.
     */
    public static void connect(String path) throws IOException {
        BareThread.create("weft-monitor", Connection.open(path)).start();
    }
}
