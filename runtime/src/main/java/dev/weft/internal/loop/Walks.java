package dev.weft.internal.loop;

import dev.weft.observe.ObservedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** The walks over the tasks of a loop. Loop's thread, but for {@link #ask}. */
public final class Walks {
    /** Those that were asked for and have no result yet. Any thread. */
    private final Set<Walk> asked = ConcurrentHashMap.newKeySet();

    /** Those that have begun and not ended. */
    private final List<Walk> going = new ArrayList<>();

    /** Creates the walks of a loop that has none. */
    public Walks() {}

    /** Hands a walk in. Any thread. The end of the loop cancels its result. */
    public void ask(Loop loop, Walk walk) {
        asked.add(walk);
        try {
            loop.handIn(walk);
        } catch (RejectedExecutionException closed) {
            asked.remove(walk);
            throw closed;
        }
    }

    /** Lets a walk hear of the tasks that end. */
    public void begin(Walk walk) {
        going.add(walk);
    }

    /** Takes back {@link #begin} and {@link #ask}. */
    public void end(Walk walk) {
        asked.remove(walk);
        going.remove(walk);
    }

    /** Lets walks leave out a task that ends. */
    public void taskEnded(ObservedTask task) {
        for (int i = 0; i < going.size(); i++) {
            going.get(i).leaveOut(task);
        }
    }

    /** Cancels the results of all walks that were asked for. */
    public void close() {
        for (Walk walk : asked) {
            walk.result().cancel(false);
        }
    }
}
