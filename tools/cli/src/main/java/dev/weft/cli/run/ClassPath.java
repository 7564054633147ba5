package dev.weft.cli.run;

import dev.weft.cli.CommandException;
import dev.weft.cli.text.Reason;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A class path as {@code java} reads it: folders and jars, {@code lib/*} for every jar in a folder.
 *
 * @param entries those that exist
 * @param missing those that do not; {@code java} ignores these without a word
 */
public record ClassPath(List<Path> entries, List<Path> missing) {

    private static final String ALL_JARS = "*";

    /** Reads a class path; an empty element is the current folder, an empty text no element. */
    public static ClassPath parse(String text) {
        List<Path> entries = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String element : text.split(File.pathSeparator, -1)) {
                add(element, entries, missing);
            }
        }
        return new ClassPath(entries, missing);
    }

    private static void add(String element, List<Path> entries, List<Path> missing) {
        if (element.equals(ALL_JARS)) {
            entries.addAll(jars(Path.of("")));
        } else if (element.endsWith(File.separator + ALL_JARS)) {
            entries.addAll(jars(Path.of(element.substring(0, element.length() - 2))));
        } else {
            Path entry = Path.of(element);
            (Files.exists(entry) ? entries : missing).add(entry);
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ClassPath::isJar).sorted().toList();
        } catch (IOException e) {
            throw CommandException.wrongUse("cannot read the class path: " + Reason.of(e));
        }
    }

    private static boolean isJar(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    URL[] urls() {
        return entries.stream().map(ClassPath::url).toArray(URL[]::new);
    }

    static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the jars that cannot be read, each with the reason. {@code java} is silent about
     * these.
     */
    List<String> unreadable() {
        List<String> unreadable = new ArrayList<>();
        for (Path entry : entries) {
            if (!Files.isDirectory(entry)) {
                try (ZipFile jar = new ZipFile(entry.toFile())) {
                    jar.getName();
                } catch (IOException e) {
                    unreadable.add("cannot read " + entry + ": " + Reason.of(e));
                }
            }
        }
        return unreadable;
    }

    /** Returns the text that {@code java -cp} takes. */
    String text() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the text with the runtime as last element. */
    public String withRuntime() {
        Path runtime = RuntimePlace.find().path();
        return entries.isEmpty() ? runtime.toString() : text() + File.pathSeparator + runtime;
    }
}
