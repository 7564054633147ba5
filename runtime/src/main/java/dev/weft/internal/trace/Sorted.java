package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Chunk;
import dev.weft.internal.trace.record.Kind;
import dev.weft.internal.trace.record.Recorder;
import dev.weft.observe.TaskState;
import dev.weft.observe.Wait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records by their beginnings; of two that begin together the longer one, which is around. */
final class Sorted {
    private final List<Chunk> chunks;
    private final long origin;
    private final int[] order;

    private Sorted(List<Chunk> chunks, long origin, int[] order) {
        this.chunks = chunks;
        this.origin = origin;
        this.order = order;
    }

    /**
     * Sorts the records of some kinds.
     *
     * @param origin the time that is 0
     */
    static Sorted of(Recorder recorder, long origin, Predicate<Kind> kinds) {
        List<Chunk> chunks = new ArrayList<>(recorder.shorts().chunks());
        chunks.addAll(recorder.longs().chunks());
        List<Integer> places = new ArrayList<>();
        for (int c = 0; c < chunks.size(); c++) {
            for (int slot = 0; slot < chunks.get(c).size(); slot++) {
                if (kinds.test(chunks.get(c).kind(slot))) {
                    places.add(c << Chunk.BITS | slot);
                }
            }
        }
        Integer[] sorted = places.toArray(new Integer[0]);
        Sorted records = new Sorted(chunks, origin, new int[0]);
        Arrays.sort(
                sorted,
                Comparator.comparingLong(records::beganAt)
                        .thenComparing(Comparator.comparingLong(records::endedAt).reversed()));
        return new Sorted(
                chunks, origin, Arrays.stream(sorted).mapToInt(Integer::intValue).toArray());
    }

    private Chunk chunk(int place) {
        return chunks.get(place >> Chunk.BITS);
    }

    private static int slot(int place) {
        return place & Chunk.SIZE - 1;
    }

    private long beganAt(int place) {
        return Math.max(0, chunk(place).began(slot(place)) - origin);
    }

    private long endedAt(int place) {
        return Math.max(beganAt(place), chunk(place).ended(slot(place)) - origin);
    }

    int size() {
        return order.length;
    }

    /** Returns the beginning in nanoseconds after the origin. */
    long began(int i) {
        return beganAt(order[i]);
    }

    long ended(int i) {
        return endedAt(order[i]);
    }

    long task(int i) {
        return chunk(order[i]).task(slot(order[i]));
    }

    Kind kind(int i) {
        return chunk(order[i]).kind(slot(order[i]));
    }

    TaskState state(int i) {
        return chunk(order[i]).state(slot(order[i]));
    }

    long other(int i) {
        return chunk(order[i]).other(slot(order[i]));
    }

    @Nullable String name(int i) {
        return chunk(order[i]).name(slot(order[i]));
    }

    @Nullable StackTraceElement place(int i) {
        return chunk(order[i]).place(slot(order[i]));
    }

    /** Returns the text; null if there is none. */
    @Nullable String text(int i) {
        Object text = chunk(order[i]).text(slot(order[i]));
        return text == null ? null : text.toString();
    }

    /** Returns the tasks whose ends the task of a step awaits. */
    List<Long> awaited(int i) {
        if (chunk(order[i]).text(slot(order[i])) instanceof Wait wait) {
            return wait.tasks();
        }
        return other(i) == 0 ? List.of() : List.of(other(i));
    }
}
