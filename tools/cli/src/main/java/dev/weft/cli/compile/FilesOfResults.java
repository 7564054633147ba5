package dev.weft.cli.compile;

import dev.weft.cli.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that the results of several inputs put into one folder, and their origins. */
final class FilesOfResults {
    private static final String CLASS = ".class";

    private final Path target;

    /** The inputs by the paths of their files in the target. */
    private final Map<Path, Origin> origins = new HashMap<>();

    /** A file of an input. */
    private record Origin(Path input, Path file) {}

    FilesOfResults(Path target) {
        this.target = target;
    }

    /** Adds a jar, whose result is a jar of the same name. */
    void addJar(Path jar) throws IOException {
        add(jar.toAbsolutePath().getFileName(), new Origin(jar, jar));
    }

    /** Adds the files of a folder. */
    void addFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            add(folder.relativize(file), new Origin(folder, file));
        }
    }

    private void add(Path place, Origin origin) throws IOException {
        Origin earlier = origins.putIfAbsent(place, origin);
        if (earlier != null && (isClass(place) || Files.mismatch(earlier.file, origin.file) >= 0)) {
            throw CommandException.wrongUse(
                    "-d "
                            + target
                            + " would get "
                            + name(place)
                            + " twice, from "
                            + earlier.input
                            + " and from "
                            + origin.input
                            + ": compile them to separate folders");
        }
    }

    private static boolean isClass(Path place) {
        return place.toString().endsWith(CLASS);
    }

    private static String name(Path place) {
        String path = place.toString();
        return isClass(place)
                ? "the class "
                        + path.substring(0, path.length() - CLASS.length())
                                .replace(place.getFileSystem().getSeparator(), ".")
                : "the file " + path;
    }
}
