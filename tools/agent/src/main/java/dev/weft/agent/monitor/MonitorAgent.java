package dev.weft.agent.monitor;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Starts the monitor of each copy of the runtime in this JVM. Changes no class. The argument is the
 * path of a Unix domain socket, which answers are written to; without one, the monitor registers
 * its MBean, as by {@code -Dweft.monitor}.
 */
public final class MonitorAgent {
    /** Loaded by each copy before its first loop. A program may have renamed the package. */
    private static final String ANCHOR = "dev.weft.internal.report.Tools";

    private static final String REPORT = "report.Tools";
    private static final String MONITOR = "monitor.Monitor";

    private MonitorAgent() {}

    /**
     * Starts the monitors in a program that runs. May be called several times.
     *
     * @throws ReflectiveOperationException if a runtime has no monitor, or if it cannot start
     */
    public static void agentmain(String argument, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        Set<Class<?>> copies = new LinkedHashSet<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().endsWith(ANCHOR)) {
                copies.add(loaded);
            }
        }
        for (Class<?> copy : copies) {
            start(copy, argument == null ? "" : argument, instrumentation);
        }
    }

    private static void start(Class<?> copy, String path, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        String name = copy.getName();
        String monitor = name.substring(0, name.length() - REPORT.length()) + MONITOR;
        Class<?> type = Class.forName(monitor, true, copy.getClassLoader());
        instrumentation.redefineModule(
                type.getModule(),
                Set.of(),
                Map.of(type.getPackageName(), Set.of(MonitorAgent.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        try {
            if (path.isEmpty()) {
                type.getMethod("start").invoke(null);
            } else {
                type.getMethod("connect", String.class).invoke(null, path);
            }
        } catch (InvocationTargetException failed) {
            throw new ReflectiveOperationException(
                    "weft-agent: the monitor does not start: " + failed.getCause(), failed);
        }
    }
}
