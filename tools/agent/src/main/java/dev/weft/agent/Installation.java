package dev.weft.agent;

import dev.weft.agent.monitor.MonitorAgent;
import java.lang.instrument.Instrumentation;

/** Adds the transformer to the JVM. Called by {@link WeftAgent} through reflection. */
public final class Installation {

    private Installation() {}

    /**
     * Starts the agent.
     *
     * @throws IllegalArgumentException for options that do not exist; the message lists those that
     *     do
     */
    public static void install(String arguments, Instrumentation instrumentation) {
        if (arguments.equals("monitor")) {
            startMonitor(instrumentation);
            return;
        }
        AgentOptions options = AgentOptions.parse(arguments);
        AsyncTransformer.add(options, instrumentation);
    }

    private static void startMonitor(Instrumentation instrumentation) {
        try {
            MonitorAgent.agentmain("", instrumentation);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalArgumentException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
