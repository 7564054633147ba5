package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Class files for the programs of the tests. */
final class Sources {
    private static final Path PROGRAMS = Path.of("src/test/java/dev/weft/programs");

    private Sources() {}

    /** Returns the text of a program. */
    static String of(Class<?> program) throws IOException {
        return Files.readString(PROGRAMS.resolve(program.getSimpleName() + ".java"));
    }

    /** Compiles a program with javac, and returns the folder of its classes. */
    static Path compile(Path folder, String name, String source) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        String[] arguments = {
            "-g",
            "--release",
            "17",
            "-cp",
            Tool.CLASS_PATH,
            "-d",
            folder.toString(),
            file.toString()
        };
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
        assertThat(failed).isZero();
        return folder;
    }

    /** Compiles the async methods of a folder in place, as the build plugins do. */
    static Path instrument(Path folder) throws IOException {
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            for (ClassFile each : compiler.compile(Files.readAllBytes(file)).classes()) {
                String name = each.name().substring(each.name().lastIndexOf('/') + 1);
                Files.write(file.resolveSibling(name + ".class"), each.bytes());
            }
        }
        return folder;
    }
}
