package dev.weft.instrument.support;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** The compiler of Eclipse, which reads sources from files only. */
final class Ecj {
    private Ecj() {}

    static SortedMap<String, byte[]> compile(List<String> options, List<SourceText> sources) {
        try {
            Path folder = Files.createTempDirectory("ecj");
            try {
                return compile(options, sources, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, byte[]> compile(
            List<String> options, List<SourceText> sources, Path folder) throws IOException {
        Path out = folder.resolve("out");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-d", out.toString()));
        for (SourceText source : sources) {
            Path file = folder.resolve("in").resolve(source.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.text());
            arguments.add(file.toString());
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        if (!BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null)) {
            throw new AssertionError("ECJ refuses a source:\n" + said);
        }
        return read(out);
    }

    private static SortedMap<String, byte[]> read(Path out) throws IOException {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String path = out.relativize(file).toString().replace('\\', '/');
                classes.put(
                        path.substring(0, path.length() - ".class".length()),
                        Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
