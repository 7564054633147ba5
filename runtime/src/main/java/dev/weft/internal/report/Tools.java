package dev.weft.internal.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    // ---- the mark, by which the command weft finds this program

    private static final String MARK = "weft.runtime";

    /** Lets the command load an agent, which finds all copies of the runtime. */
    private static final String NEEDS_AGENT = "yes";

    /** Set if no copy of the runtime in this JVM needs the agent. */
    private static final String MONITORED = "monitored";

    /** Set before the mark by each further copy that has no monitor from its beginning on. */
    private static final String SEVERAL = "weft.runtime.several";

    private static void mark() {
        boolean isFirst = System.getProperties().putIfAbsent(MARK, NEEDS_AGENT) == null;
        if (!isFirst && !isAskedFor("weft.monitor")) {
            System.setProperty(SEVERAL, "yes");
            System.setProperty(MARK, NEEDS_AGENT);
        }
    }

    /** Records that this copy has a monitor. */
    public static void markMonitored() {
        System.setProperty(MARK, MONITORED);
        if (System.getProperty(SEVERAL) != null) { // read last: another copy may begin now
            System.setProperty(MARK, NEEDS_AGENT);
        }
    }

    private static boolean isAskedFor(String property) {
        String value = System.getProperty(property);
        return value != null && !value.equals("false");
    }

    // ---- the parts with properties

    /** Starts the parts whose properties are set. Called before the first loop is created. */
    public static synchronized void startOnce() {
        if (!isStarted) {
            isStarted = true;
            mark();
            for (Map.Entry<String, String> tool : CLASSES.entrySet()) {
                if (isAskedFor(tool.getKey())) {
                    start(tool.getValue());
                }
            }
        }
    }

    // ---- the flight recorder

    /** The class that sends events to the flight recorder. Its module may be missing. */
    private static final String RECORDINGS = "dev.weft.internal.jfr.Recordings";

    /** Set by the JVM when its first recording starts. So no class of the recorder is asked. */
    private static final String FIRST_RECORDING = "jdk.jfr.repository";

    /** Looks at the recordings; null before the first recording. */
    private static volatile @Nullable Runnable recordings;

    private static volatile boolean recordingsFail;

    /**
     * Lets recordings begin or end to receive events. Called when a loop is created, and a few
     * times a second while one is awake. Any thread.
     */
    public static void lookAtRecordings() {
        if (recordings == null && System.getProperty(FIRST_RECORDING) == null) {
            return;
        }
        try {
            if (!recordingsFail) {
                recordings().run();
            }
        } catch (ReflectiveOperationException | RuntimeException | Error failure) {
            recordingsFail = true;
            Log.warning("the flight recorder gets no events of tasks and loops", failure);
        }
    }

    private static synchronized Runnable recordings() throws ReflectiveOperationException {
        Runnable created = recordings;
        if (created == null) {
            created =
                    Class.forName(RECORDINGS)
                            .asSubclass(Runnable.class)
                            .getConstructor()
                            .newInstance();
            recordings = created;
        }
        return created;
    }

    // ---- starting

    /** Lets other processes look into this program, as {@code -Dweft.monitor} does. */
    public static void startMonitor() {
        startOnce();
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
