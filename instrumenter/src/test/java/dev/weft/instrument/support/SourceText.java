package dev.weft.instrument.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One compilation unit: a path such as {@code com/acme/Prices.java}, and its text. */
public record SourceText(String path, String text) {

    /** All Java files below a folder of the test resources, sorted by path. */
    public static List<SourceText> folder(String folder) {
        Path root = locate(folder);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> read(root, file))
                    .sorted((a, b) -> a.path.compareTo(b.path))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text without its path's folders and ending: the name of the top-level class. */
    public String simpleName() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.substring(0, file.length() - ".java".length());
    }

    private static SourceText read(Path root, Path file) {
        try {
            String path = root.relativize(file).toString().replace('\\', '/');
            return new SourceText(path, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path locate(String folder) {
        URL url = SourceText.class.getResource("/" + folder);
        if (url == null) {
            throw new IllegalArgumentException("no test resource folder /" + folder);
        }
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
