package dev.weft.internal.loop;

import dev.weft.observe.LoopSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link LoopQuestion}.
 *
 * @param loop the loop
 * @param stuck the description of a step that does not end; empty if the loop is not stuck
 * @param inexact the reason why the snapshot is approximate; empty if it is exact
 * @param snapshot null if the tasks have changed while another thread has read them
 */
public record LoopAnswer(Loop loop, String stuck, String inexact, @Nullable LoopSnapshot snapshot) {

    static LoopAnswer exact(Loop loop, LoopSnapshot snapshot) {
        return new LoopAnswer(loop, "", "", snapshot);
    }

    /** Returns the text for people: first that the loop is stuck, then the tree of tasks. */
    public String tree() {
        return stuck
                + (inexact.isEmpty() ? "" : "approximate (" + inexact + "): ")
                + (snapshot == null
                        ? "the tasks have changed while they were read\n"
                        : snapshot.tree());
    }
}
