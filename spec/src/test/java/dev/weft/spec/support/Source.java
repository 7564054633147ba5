package dev.weft.spec.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The source files of these tests: comments at the ends of lines say what a trace must show. */
public final class Source {
    private Source() {}

    /** Returns the comment at the end of the line that {@code element} names, or "". */
    public static String commentAt(StackTraceElement element) {
        return commentIn(lines(element.getClassName()).get(element.getLineNumber() - 1));
    }

    /** Returns the number of the line of {@code test} that ends with {@code comment}. */
    public static int lineOf(Class<?> test, String comment) {
        List<String> lines = lines(test.getName());
        return IntStream.range(0, lines.size())
                        .filter(i -> commentIn(lines.get(i)).equals(comment))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    private static String commentIn(String line) {
        int comment = line.indexOf("// ");
        return comment < 0 ? "" : line.substring(comment + 3);
    }

    private static List<String> lines(String className) {
        String name = className.replaceAll("\\$.*", "").replace('.', '/');
        Path file = Path.of(System.getProperty("basedir", ""), "src/test/java", name + ".java");
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
