package dev.weft.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * The entry of the agent. This class alone is compiled for Java 8, so that an older JVM prints a
 * clear message. Therefore no signature names another class of the agent.
 */
public final class WeftAgent {
    private static final int OLDEST = 17;

    private WeftAgent() {}

    /**
     * Starts the agent before the program. Ends the JVM with status 1 if the agent cannot work.
     *
     * @param options may be null, as in {@code -javaagent:weft-agent.jar}
     */
    public static void premain(String options, Instrumentation instrumentation) {
        try {
            start(options, instrumentation);
        } catch (IllegalStateException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the agent in a program that runs. Classes that are loaded already stay as they are.
     * With the option {@code monitor}, starts the monitor of the runtime instead.
     *
     * @throws IllegalStateException if the agent cannot work; the program continues
     */
    public static void agentmain(String options, Instrumentation instrumentation) {
        try {
            start(options, instrumentation);
        } catch (IllegalStateException unusable) {
            System.err.println(unusable.getMessage());
            throw unusable;
        }
    }

    private static void start(String options, Instrumentation instrumentation) {
        String version = System.getProperty("java.specification.version", "");
        if (feature(version) < OLDEST) {
            throw new IllegalStateException(
                    "weft-agent: Java "
                            + version
                            + " in "
                            + System.getProperty("java.home")
                            + " is too old: Weft needs Java 17 or later. Start the program with a"
                            + " newer Java, or without -javaagent.");
        }
        try {
            Class.forName("dev.weft.agent.Installation")
                    .getMethod("install", String.class, Instrumentation.class)
                    .invoke(null, options == null ? "" : options, instrumentation);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof IllegalArgumentException
                    ? new IllegalStateException(failed.getCause().getMessage(), failed.getCause())
                    : new IllegalStateException(
                            "weft-agent: cannot start: " + failed.getCause(), failed);
        } catch (ReflectiveOperationException incomplete) {
            throw new IllegalStateException(
                    "weft-agent: the jar is incomplete (" + incomplete + "): build it again",
                    incomplete);
        }
    }

    /** Returns 8 for 1.8, 17 for 17. */
    static int feature(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        int end = number.indexOf('.');
        return Integer.parseInt(end < 0 ? number : number.substring(0, end));
    }
}
