package dev.weft.instrument.folder;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the changes to a class tree. Every file is first written to a folder next to the tree, on
 * the same file system, where a full disk does no harm. Then each file is renamed into place. If
 * the process ends in between, every class is complete and has its frame classes; the next run
 * compiles the others, and deletes the folder.
 */
public final class Publication {

    private Publication() {}

    /**
     * Changes the tree.
     *
     * @throws IOException when a file cannot be written; if so before the first rename, nothing has
     *     changed
     */
    public static void publish(Path tree, Changes changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        Path beside = beside(tree);
        Path parent = Files.isWritable(beside) ? beside : tree;
        Staging.deleteAbandoned(parent);
        publish(changes, Staging.folder(parent));
    }

    /**
     * Changes files of one folder, as {@link #publish}, with the new files written to a folder
     * inside first: the parent may be no place to write to.
     */
    public static void publishInside(Path folder, Changes changes) throws IOException {
        if (!changes.isEmpty()) {
            publish(changes, Staging.folder(folder));
        }
    }

    /** Deletes what a process that was killed in {@link #publishInside} has left. */
    public static void deleteAbandoned(Path folder) throws IOException {
        Staging.deleteAbandoned(folder);
    }

    private static void publish(Changes changes, Path aside) throws IOException {
        try {
            List<Path> kept = writeAside(aside, "kept-", keptIn(changes));
            List<Path> written = writeAside(aside, "", changes.writes());
            // What is compiled again later must be there before its class changes.
            moveAll(kept, changes.kept());
            moveAll(written, changes.writes());
            for (Path stale : changes.stale()) {
                Files.deleteIfExists(stale);
            }
            for (Path unused : changes.unused()) {
                Files.deleteIfExists(unused);
            }
        } finally {
            Staging.delete(aside);
        }
    }

    private static Path beside(Path tree) throws IOException {
        Path real = tree.toRealPath();
        Path parent = real.getParent();
        return parent == null ? real : parent;
    }

    /** Returns the kept files, whose folders exist then. */
    private static List<Changes.Write> keptIn(Changes changes) throws IOException {
        for (Changes.Write write : changes.kept()) {
            Path folder = write.file().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        }
        return changes.kept();
    }

    private static void moveAll(List<Path> written, List<Changes.Write> writes) throws IOException {
        for (int i = 0; i < written.size(); i++) {
            move(written.get(i), writes.get(i).file());
        }
    }

    private static List<Path> writeAside(Path aside, String prefix, List<Changes.Write> writes)
            throws IOException {
        List<Path> written = new ArrayList<>();
        for (Changes.Write write : writes) {
            Path file = aside.resolve(prefix + written.size() + ".class");
            written.add(Files.write(file, write.bytes()));
        }
        return written;
    }

    /** Renames a file, over another one if need be. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // The tree is a mount point of its own.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
