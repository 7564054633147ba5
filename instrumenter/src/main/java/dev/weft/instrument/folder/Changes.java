package dev.weft.instrument.folder;

import java.nio.file.Path;
import java.util.List;

/**
 * The changes that a run makes to a class tree.
 *
 * @param writes in an order that is safe if the process ends between two writes: a frame class
 *     before its owner
 * @param stale frame classes that no class names any more
 * @param kept the class files that were compiled, for a later run with other options
 * @param unused kept class files whose class is gone
 */
public record Changes(List<Write> writes, List<Path> stale, List<Write> kept, List<Path> unused) {

    /** Creates changes of a run that keeps nothing. */
    public Changes(List<Write> writes, List<Path> stale) {
        this(writes, stale, List.of(), List.of());
    }

    /** A file and its new content. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
    public record Write(Path file, byte[] bytes) {}

    /** Returns whether nothing changes. */
    public boolean isEmpty() {
        return writes.isEmpty() && stale.isEmpty() && unused.isEmpty();
    }
}
