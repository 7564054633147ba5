package dev.weft.cli.compile;

import dev.weft.cli.CommandException;
import dev.weft.cli.text.Reason;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.JarCompilation;
import dev.weft.instrument.folder.JarPublication;
import dev.weft.instrument.folder.Outcome;
import dev.weft.instrument.folder.Publication;
import dev.weft.instrument.folder.TreeCompilation;
import dev.weft.instrument.folder.TreeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of classes, or a jar.
 *
 * @param path as given on the command line
 */
public record Input(Path path) {

    /** Returns the input at a path, which must be a folder or look like a jar. */
    public static Input at(Path path) {
        if (!Files.exists(path)) {
            throw CommandException.wrongUse("there is no file or folder " + path);
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".java")) {
            throw CommandException.wrongUse(
                    path + " is a source file: use weft run " + path + ", or javac first");
        }
        if (name.endsWith(".class")) {
            throw CommandException.wrongUse(
                    path + " is a single class: give the folder of the classes");
        }
        return new Input(path);
    }

    private boolean isFolder() {
        return Files.isDirectory(path);
    }

    /**
     * Compiles in memory.
     *
     * @throws CommandException if the input cannot be read
     */
    public Outcome compile(AsyncCompiler compiler, Suppressions suppressions) {
        try {
            return isFolder()
                    ? TreeCompilation.of(path, compiler, suppressions)
                    : JarCompilation.of(path, compiler, suppressions);
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + path + ": " + Reason.of(e));
        }
    }

    /**
     * Writes the compiled classes.
     *
     * @param target the folder for the results; null for the place of the input
     * @throws CommandException if a file cannot be written
     */
    public void publish(Outcome outcome, @Nullable Path target) {
        try {
            if (target != null) {
                publishTo(outcome, target);
            } else if (outcome.changes().isEmpty()) {
                return;
            } else if (isFolder()) {
                Publication.publish(path, outcome.changes());
            } else {
                JarPublication.publish(path, outcome.changes(), path);
            }
        } catch (IOException e) {
            Path place = target == null ? path : target;
            throw CommandException.failed("cannot write " + place + ": " + Reason.of(e));
        }
    }

    private void publishTo(Outcome outcome, Path target) throws IOException {
        Files.createDirectories(target);
        if (!isFolder()) {
            Path file = target.resolve(path.toAbsolutePath().getFileName().toString());
            JarPublication.publish(path, outcome.changes(), file);
            return;
        }
        TreeCopy.publish(path, outcome.changes(), target.toRealPath());
    }

    /**
     * Checks that no result in {@code target} replaces an input or another result.
     *
     * @throws CommandException if one does
     */
    public static void requireSeparate(List<Input> all, Path target) {
        Set<Path> jars = new HashSet<>();
        FilesOfResults results = new FilesOfResults(target);
        try {
            Path to = real(target);
            for (Input input : all) {
                Path from = input.path.toRealPath();
                if (input.isFolder()) {
                    if (from.startsWith(to) || to.startsWith(from)) {
                        throw CommandException.wrongUse(
                                "-d "
                                        + target
                                        + " and "
                                        + input.path
                                        + " contain each other: use separate folders");
                    }
                    results.addFolder(input.path);
                    continue;
                }
                Path jar = to.resolve(input.path.toAbsolutePath().getFileName());
                if (real(jar).equals(from) || !jars.add(jar)) {
                    throw CommandException.wrongUse(
                            "-d "
                                    + target
                                    + " would replace "
                                    + (real(jar).equals(from) ? "the input " : "the result of ")
                                    + jar.getFileName()
                                    + ": use another folder");
                }
                results.addJar(input.path);
            }
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + target + ": " + Reason.of(e));
        }
    }

    /** Returns the path without symbolic links, as far as its folders exist. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (Files.exists(absolute) || parent == null) {
            return absolute.toRealPath();
        }
        return real(parent).resolve(absolute.getFileName());
    }
}
