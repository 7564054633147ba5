package dev.weft.internal.age;

import dev.weft.observe.ObservedTask;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beginnings of the live tasks of a loop in debug mode. */
public final class Origins {
    private final Map<ObservedTask, Origin> origins = new HashMap<>();

    /**
     * The beginning of a task.
     *
     * @param creator the number of the task that has created it; null if no task has
     * @param time on the loop's clock
     */
    private record Origin(@Nullable Long creator, long time) {}

    /** Creates the origins of a loop without tasks. */
    public Origins() {}

    /** Records that a task was created now, by {@code creator} or outside of tasks. */
    public void created(ObservedTask task, @Nullable ObservedTask creator, long now) {
        origins.put(task, new Origin(creator == null ? null : creator.id(), now));
    }

    /** Forgets a task. */
    public void ended(ObservedTask task) {
        origins.remove(task);
    }

    /** Returns the number of the task that has created a task; null if that is not known. */
    public @Nullable Long creatorOf(ObservedTask task) {
        Origin origin = origins.get(task);
        return origin == null ? null : origin.creator();
    }

    /** Returns the loop's time at which a task was created; null if that is not known. */
    public @Nullable Long timeOf(ObservedTask task) {
        Origin origin = origins.get(task);
        return origin == null ? null : origin.time();
    }
}
