package dev.weft.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run changes in a class tree.
 *
 * @param writes in the order in which they may become visible: a frame class before the class that
 *     names it
 * @param stale frame classes that no class names any more
 */
record Changes(List<Write> writes, List<Path> stale) {

    /** One file and its new content. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    record Write(Path file, byte[] bytes) {}

    boolean isEmpty() {
        return writes.isEmpty() && stale.isEmpty();
    }
}
