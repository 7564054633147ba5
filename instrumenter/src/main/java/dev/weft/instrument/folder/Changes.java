package dev.weft.instrument.folder;

import java.nio.file.Path;
import java.util.List;

/**
 * The changes that a run makes to a class tree.
 *
 * @param writes in an order that is safe if the process ends between two writes: a frame class
 *     before its owner
 * @param stale frame classes that no class names any more
 */
public record Changes(List<Write> writes, List<Path> stale) {

    /** A file and its new content. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
    public record Write(Path file, byte[] bytes) {}

    /** Returns whether nothing changes. */
    public boolean isEmpty() {
        return writes.isEmpty() && stale.isEmpty();
    }
}
