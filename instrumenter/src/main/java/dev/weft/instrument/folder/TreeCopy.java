package dev.weft.instrument.folder;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Leaves a class tree alone and makes another folder a compiled copy. */
public final class TreeCopy {

    private TreeCopy() {}

    /**
     * Makes {@code target} contain every file of the tree, compiled. Files that are the same
     * already are not written; other files stay. In memory are all files that are written.
     *
     * @param changes those that would compile {@code tree} in place
     * @throws IOException when a file cannot be read or written
     */
    public static void publish(Path tree, Changes changes, Path target) throws IOException {
        Changes copies = of(tree, changes, target);
        for (Changes.Write write : copies.writes()) {
            Files.createDirectories(
                    requireNonNull(write.file().getParent(), "a file of the tree is in a folder"));
        }
        Publication.publish(target, copies);
    }

    static Changes of(Path tree, Changes changes, Path target) throws IOException {
        Map<Path, byte[]> compiled = new LinkedHashMap<>();
        for (Changes.Write write : changes.writes()) {
            compiled.put(write.file(), write.bytes());
        }
        List<Changes.Write> writes = new ArrayList<>();
        Set<Path> stale = new HashSet<>(changes.stale());
        for (Path file : files(tree)) {
            if (!compiled.containsKey(file) && !stale.contains(file)) {
                add(writes, target.resolve(tree.relativize(file)), Files.readAllBytes(file));
            }
        }
        for (Map.Entry<Path, byte[]> each : compiled.entrySet()) {
            add(writes, target.resolve(tree.relativize(each.getKey())), each.getValue());
        }
        List<Path> copies =
                changes.stale().stream()
                        .map(file -> target.resolve(tree.relativize(file)))
                        .filter(Files::exists)
                        .toList();
        return new Changes(writes, copies);
    }

    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void add(List<Changes.Write> writes, Path file, byte[] bytes)
            throws IOException {
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            writes.add(new Changes.Write(file, bytes));
        }
    }
}
