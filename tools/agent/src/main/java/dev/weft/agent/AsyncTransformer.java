package dev.weft.agent;

import dev.weft.instrument.AsyncCompiler;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
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

    private final Compilation compilation;

    AsyncTransformer(Compilation compilation) {
        this.compilation = compilation;
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
                || RuntimePackages.contain(name)) {
            return null;
        }
        return compilation.compile(new Loading(loader, name, loaded, domain), bytes);
    }
}
