package dev.weft.agent;

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
        AgentOptions options = AgentOptions.parse(arguments);
        AsyncTransformer.add(options, instrumentation);
    }
}
