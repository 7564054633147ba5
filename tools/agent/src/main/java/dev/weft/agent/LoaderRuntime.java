package dev.weft.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runtime that a class loader sees. Each loader may have another, and the agent has none, so
 * the agent reaches the runtime through reflection.
 */
final class LoaderRuntime {
    private static final String FRAME = "dev.weft.compiled.Frame";
    private static final String REFUSALS = "dev.weft.compiled.Refusals";
    private static final @Nullable String VERSION = read(LoaderRuntime.class, "version");

    private LoaderRuntime() {}

    /** Returns the reason why no compiled class of the loader can run; null if there is none. */
    static @Nullable String problem(ClassLoader loader) {
        Class<?> frame;
        try {
            frame = Class.forName(FRAME, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return "has async methods, and its class loader ("
                    + loader.getClass().getName()
                    + ") finds no Weft runtime: add weft-runtime "
                    + VERSION
                    + " to the class path or module path";
        }
        // Null if the runtime is a named module, which does not show its resources.
        String version = read(frame, "/dev/weft/version");
        return version == null || version.equals(VERSION)
                ? null
                : "cannot be compiled: weft-runtime is version "
                        + version
                        + ", and weft-agent is version "
                        + VERSION
                        + ": use one version of both";
    }

    /** Makes the reason known to the {@code NotInstrumentedException} of the class's runtime. */
    static void refuse(Loading loading, List<String> reasons) {
        try {
            Class.forName(REFUSALS, true, loading.loader())
                    .getMethod("add", String.class, String.class)
                    .invoke(null, loading.className(), String.join("\n", reasons));
        } catch (ReflectiveOperationException | LinkageError noRuntime) {
            // Without the runtime no await of the class can ask for the reason. It is printed.
        }
    }

    private static @Nullable String read(Class<?> near, String resource) {
        try (InputStream in = near.getResourceAsStream(resource)) {
            return in == null
                    ? null
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
