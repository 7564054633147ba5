package dev.weft.internal.loop;

import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.ObservedTask;
import java.util.concurrent.CompletableFuture;

/** A walk over the tasks of a loop, which makes a snapshot. Handed to the loop, or run at once. */
public abstract class Walk extends Turn {
    /** Returns the snapshot that the turns of this make. Cancelling ends the walk. */
    public abstract CompletableFuture<LoopSnapshot> result();

    /** Returns the number of tasks that the turns of this have visited so far. Any thread. */
    public abstract int visited();

    /**
     * Walks over the oldest tasks at once, at most so many. On a thread other than the loop's, the
     * tasks may change meanwhile, and the walk may throw.
     */
    public abstract LoopSnapshot runAtMost(int most);

    /** Called when a task ends that the turns of this may not have visited. */
    protected abstract void leaveOut(ObservedTask ended);
}
