package dev.weft.agent;

import dev.weft.instrument.AsyncCompiler;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Compiles classes when the JVM loads or redefines them. The JVM asks about every class, so classes
 * that do not mention Weft are dismissed after a look at their constant pool.
 */
final class AsyncTransformer implements ClassFileTransformer {

    /**
     * Begins the names of the agent's own classes, ASM's and the compiler's included. Compiling
     * these would need these.
     */
    private static final String OWN = "dev/weft/agent/";

    private final AgentOptions options;
    private final Instrumentation instrumentation;

    /** Null if the transformer runs after those of the agents that follow on the command line. */
    private final @Nullable JacocoOrder jacoco;

    /**
     * Null until a class concerns Weft: a program without async code does not pay for the start.
     */
    private final AtomicReference<@Nullable Compilation> started = new AtomicReference<>();

    private AsyncTransformer(
            AgentOptions options, Instrumentation instrumentation, @Nullable JacocoOrder jacoco) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.jacoco = jacoco;
    }

    /**
     * Adds the transformer. A transformer that cannot retransform runs before those that can. So
     * Mockito, whose agent may be started earlier, changes compiled methods and not their sources.
     */
    static void add(AgentOptions options, Instrumentation instrumentation) {
        JacocoOrder jacoco = new JacocoOrder(instrumentation);
        instrumentation.addTransformer(new AsyncTransformer(options, instrumentation, jacoco));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null
                || name == null
                || name.startsWith(OWN)
                || !AsyncCompiler.concerns(bytes)
                || RuntimePackages.contain(name)
                || leavesToLast()) {
            return null;
        }
        return compilation().compile(new Loading(loader, name, loaded, domain), bytes);
    }

    private boolean leavesToLast() {
        return jacoco != null
                && jacoco.isLater(() -> new AsyncTransformer(options, instrumentation, null));
    }

    /** Returns the compilation. Holds no lock, because starting it loads classes. */
    private Compilation compilation() {
        Compilation present = started.get();
        if (present != null) {
            return present;
        }
        Compilation created = Compilation.start(options, instrumentation);
        Compilation winner = started.compareAndExchange(null, created);
        return winner == null ? created : winner;
    }
}
