package dev.weft.instrument.debugging;

import dev.weft.Coroutine;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.BlockingRuntime;
import dev.weft.instrument.support.Woven;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Class files in a folder, ready to be run by another JVM. */
record Program(String classPath) {

    /** Linked against a stand-in of the runtime in which {@code await} blocks. */
    static Program blocking(Map<String, byte[]> classes, Path folder) {
        write(BlockingRuntime.linked(classes), folder);
        return new Program(folder.toString());
    }

    /** Compiled, on the real runtime. */
    static Program compiled(Map<String, byte[]> classes, Options options, Path folder) {
        write(Woven.of(classes, options).withoutErrors().classes(), folder);
        return new Program(folder + File.pathSeparator + runtime());
    }

    Debugger debug(String main, List<String> arguments) {
        return debug(main, arguments, "");
    }

    Debugger debug(String main, List<String> arguments, String options) {
        return Debugger.launch(classPath, main, arguments, options);
    }

    private static void write(Map<String, byte[]> classes, Path folder) {
        classes.forEach(
                (name, bytes) -> {
                    try {
                        Path file = folder.resolve(name + ".class");
                        Files.createDirectories(file.getParent());
                        Files.write(file, bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Path runtime() {
        try {
            return Path.of(
                    Coroutine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
