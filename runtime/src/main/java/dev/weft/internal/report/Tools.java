package dev.weft.internal.report;

import java.util.Map;

/**
 * The parts of the runtime that show a program from outside. A system property starts each. They
 * are loaded by name, because they know the whole runtime, which must not know them; and a program
 * that does not ask for them does not load them.
 */
public final class Tools {
    /** The class of each property. */
    private static final Map<String, String> CLASSES =
            Map.of(
                    "weft.monitor", "dev.weft.internal.monitor.Monitor",
                    "weft.trace", "dev.weft.internal.trace.TraceFile");

    private static boolean isStarted;

    private Tools() {}

    /** Starts the parts whose properties are set. Called before the first loop is created. */
    public static synchronized void startOnce() {
        if (!isStarted) {
            isStarted = true;
            if (System.getProperty("weft.runtime") == null) {
                System.setProperty("weft.runtime", "yes"); // found by the command weft
            }
            for (Map.Entry<String, String> tool : CLASSES.entrySet()) {
                String value = System.getProperty(tool.getKey());
                if (value != null && !value.equals("false")) {
                    start(tool.getValue());
                }
            }
        }
    }

    /** Lets other processes look into this program, as {@code -Dweft.monitor} does. */
    public static void startMonitor() {
        start("dev.weft.internal.monitor.Monitor");
    }

    /** Starts the part whose class has this name, by its static method {@code start()}. */
    public static void start(String className) {
        try {
            Class.forName(className).getMethod("start").invoke(null);
        } catch (ReflectiveOperationException | LinkageError failure) {
            Log.warning("a tool of the runtime does not start: " + className, failure);
        }
    }
}
