package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tasks of a trace, in the order of creation. */
final class TracedTasks {
    private final long[] ids;
    private final @Nullable String[] names;
    private final @Nullable StackTraceElement[] bodies;
    private final long[] creators;
    private final long[] begins;
    private final long[] ends;

    /** Reads the tasks from the records of a loop. */
    TracedTasks(Sorted spans, Sorted marks) {
        ids =
                LongStream.concat(
                                IntStream.range(0, spans.size()).mapToLong(spans::task),
                                IntStream.range(0, marks.size()).mapToLong(marks::task))
                        .filter(id -> id != 0)
                        .sorted()
                        .distinct()
                        .toArray();
        names = new String[ids.length];
        bodies = new StackTraceElement[ids.length];
        creators = new long[ids.length];
        begins = new long[ids.length];
        ends = new long[ids.length];
        Arrays.fill(begins, Long.MAX_VALUE);
        Arrays.fill(ends, Long.MAX_VALUE);
        for (int i = 0; i < marks.size(); i++) {
            if (marks.kind(i) == Kind.CREATED) {
                created(indexOf(marks.task(i)), marks, i);
            }
        }
        for (int i = 0; i < spans.size(); i++) {
            int task = indexOf(spans.task(i));
            if (task >= 0) {
                step(task, spans, i);
            }
        }
    }

    private void created(int task, Sorted marks, int i) {
        names[task] = marks.name(i);
        bodies[task] = marks.place(i);
        creators[task] = marks.other(i);
        begins[task] = marks.began(i);
    }

    private void step(int task, Sorted spans, int i) {
        names[task] = spans.name(i) == null ? names[task] : spans.name(i);
        bodies[task] = bodies[task] == null ? spans.place(i) : bodies[task];
        begins[task] = Math.min(begins[task], spans.began(i));
        if (spans.state(i).isEnd()) {
            ends[task] = spans.ended(i);
        }
    }

    int size() {
        return ids.length;
    }

    /** Returns the index of a task; negative if the trace has no record of the task. */
    int indexOf(long id) {
        return id == 0 ? -1 : Arrays.binarySearch(ids, id);
    }

    long id(int task) {
        return ids[task];
    }

    String name(int task) {
        String name = names[task];
        return name == null ? "Task-" + ids[task] : name;
    }

    /** Returns the body or, if that is not known, that of the first await; empty if unknown. */
    String body(int task) {
        StackTraceElement body = bodies[task];
        return body == null ? "" : Places.body(body);
    }

    /** Returns the name without its numbers, or the body: the same for similar tasks. */
    String sort(int task) {
        String name = names[task];
        if (name != null) {
            return name.replaceAll("[0-9]+", "#");
        }
        return bodies[task] == null ? "tasks" : body(task);
    }

    /** Returns the index of the creator; negative if unknown. */
    int creator(int task) {
        return indexOf(creators[task]);
    }

    /** Returns the creation or, if that is not known, the beginning of the first step. */
    long begin(int task) {
        return begins[task];
    }

    /** Returns the end; {@code Long.MAX_VALUE} if there is none. */
    long end(int task) {
        return ends[task];
    }
}
