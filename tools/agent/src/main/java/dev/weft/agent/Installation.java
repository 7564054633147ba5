package dev.weft.agent;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.folder.SourceSuppressions;
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
        Compilation compilation =
                new Compilation(
                        new AsyncCompiler(new Options(options.debug(), options.fatal())),
                        new SourceSuppressions(options.sources()),
                        new Messages(options.sources()),
                        new FrameClasses(ClassDefiner.create(instrumentation)));
        AsyncTransformer transformer = new AsyncTransformer(compilation);
        // Transformers that can retransform run last. So JaCoCo sees the class file as it is on
        // disk, by which its report finds the class.
        boolean retransforms = instrumentation.isRetransformClassesSupported();
        instrumentation.addTransformer(transformer, retransforms);
    }
}
