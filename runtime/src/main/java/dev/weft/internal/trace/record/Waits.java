package dev.weft.internal.trace.record;

import dev.weft.observe.ObservedTask;
import dev.weft.observe.Wait;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of waits. A description costs more than the rest of a record, so that of the last
 * wait in the same place is used again for a millisecond, unless the wait was for tasks.
 */
final class Waits {
    private static final long NANOS = 1_000_000;

    /** Code that is made at run time may have any number of places. */
    private static final int MOST_PLACES = 10_000;

    private static final StackTraceElement NOWHERE = new StackTraceElement("", "", null, -1);

    private final IdentityHashMap<StackTraceElement, Last> lasts = new IdentityHashMap<>();

    /** The last description in a place. */
    private static final class Last {
        private long read;
        private @Nullable String again;
    }

    /**
     * Returns a {@link Wait} for the ends of tasks, or else a text; null for none.
     *
     * @param chunk counts the bytes of a text that is not used again
     */
    @Nullable Object describe(
            ObservedTask task, @Nullable StackTraceElement place, long now, Chunk chunk) {
        Last last = lasts.get(place == null ? NOWHERE : place);
        if (last != null && last.again != null && now - last.read < NANOS) {
            return last.again;
        }
        Wait wait = task.waitsFor();
        if (wait == null) {
            return null;
        }
        chunk.retain(100 + 2L * wait.text().length() + 24L * wait.tasks().size());
        remember(last == null ? newLast(place) : last, wait, now);
        return wait.isForEnds() && !wait.tasks().isEmpty() ? wait : wait.text();
    }

    private Last newLast(@Nullable StackTraceElement place) {
        if (lasts.size() >= MOST_PLACES) {
            lasts.clear();
        }
        Last last = new Last();
        lasts.put(place == null ? NOWHERE : place, last);
        return last;
    }

    private static void remember(Last last, Wait wait, long now) {
        last.read = now;
        last.again = wait.tasks().isEmpty() ? wait.text() + " (as of at most 1 ms before)" : null;
    }
}
