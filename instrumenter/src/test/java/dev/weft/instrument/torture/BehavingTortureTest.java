package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.SourceText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.CompilationProgress;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A large program behaves as before with an await before each call and on each line. */
class BehavingTortureTest {
    private static final String ECJ = "org/eclipse/jdt/internal/compiler/";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Way.class)
    void theCompilerOfEclipseWritesTheSameClassFiles(Way way) throws Exception {
        Tally tally = new Tally();
        SortedMap<String, byte[]> ecj = Corpus.jarOf(BatchCompiler.class);
        Map<String, byte[]> tortured = new TreeMap<>(new Torturer(way, tally).torture(ecj));
        tortured.putAll(Driven.classes());
        System.out.println("Tortured to " + way + ": " + tally);
        ClassLoader loader = new MemoryLoader(BatchCompiler.class.getClassLoader(), tortured);
        Path runtime = write("runtime", Driven.classes());
        assertThat(tortured).containsKey(ECJ + "Compiler");

        Map<String, byte[]> expected = compile(BatchCompiler.class, runtime, folder.resolve("a"));
        Map<String, byte[]> actual =
                compile(
                        loader.loadClass(BatchCompiler.class.getName()),
                        runtime,
                        folder.resolve("b"));

        assertThat(actual.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(5);
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
    }

    private Map<String, byte[]> compile(Class<?> compiler, Path runtime, Path out)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of("-source", "17", "-target", "17", "-g", "-nowarn", "-proc:none"));
        arguments.addAll(List.of("-cp", runtime.toString(), "-d", out.toString()));
        for (SourceText source : SourceText.folder("driven")) {
            Path file = folder.resolve("in").resolve(source.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.text());
            arguments.add(file.toString());
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        Class<?> progress =
                compiler.getClassLoader().loadClass(CompilationProgress.class.getName());
        Object compiled =
                compiler.getMethod(
                                "compile",
                                String[].class,
                                PrintWriter.class,
                                PrintWriter.class,
                                progress)
                        .invoke(null, arguments.toArray(String[]::new), writer, writer, null);
        assertThat(compiled).as(said.toString()).isEqualTo(true);
        return read(out);
    }

    private Path write(String name, Map<String, byte[]> classes) throws Exception {
        Path root = folder.resolve(name);
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = root.resolve(entry.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return root;
    }

    private static Map<String, byte[]> read(Path out) throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                classes.put(out.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
