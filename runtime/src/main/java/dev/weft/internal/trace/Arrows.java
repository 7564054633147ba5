package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Kind;
import dev.weft.observe.TaskState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The links between spans: from the creation of a task to its first step, from the end of a task to
 * the next step of one that has awaited it, and from each step to the one before.
 */
final class Arrows {
    private final Sorted spans;
    private final Sorted marks;
    private final TracedTasks tasks;

    /** The time before which spans are missing. */
    private final long missingUntil;

    /** The span before each span of the same task; -1 for none. */
    private final int[] before;

    /** The last span of each task so far; -1 for none. */
    private final int[] last;

    /** The span in which each task was created, and when; -1 if unknown. */
    private final int[] creating;

    private final long[] createdAt;
    private final Deque<Integer> callbacks = new ArrayDeque<>();
    private int count;
    private int[] from = new int[64];
    private int[] to = new int[64];
    private long[] times = new long[64];

    Arrows(Sorted spans, Sorted marks, TracedTasks tasks, long missingUntil) {
        this.spans = spans;
        this.marks = marks;
        this.tasks = tasks;
        this.missingUntil = missingUntil;
        before = new int[spans.size()];
        last = filled(tasks.size());
        creating = filled(tasks.size());
        createdAt = new long[tasks.size()];
        link();
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, -1);
        return array;
    }

    private void link() {
        int mark = 0;
        for (int span = 0; span < spans.size(); span++) {
            while (mark < marks.size() && marks.began(mark) < spans.began(span)) {
                mark(mark++);
            }
            step(span);
        }
    }

    private void mark(int mark) {
        long time = marks.began(mark);
        if (marks.kind(mark) != Kind.CREATED || time < missingUntil) {
            return;
        }
        int task = tasks.indexOf(marks.task(mark));
        int span = marks.other(mark) == 0 ? callbackAt(time) : lastOf(marks.other(mark));
        if (span >= 0 && spans.ended(span) >= time) {
            creating[task] = span;
            createdAt[task] = time;
        }
    }

    private int lastOf(long id) {
        int task = tasks.indexOf(id);
        return task < 0 ? -1 : last[task];
    }

    private int callbackAt(long time) {
        while (!callbacks.isEmpty() && spans.ended(callbacks.element()) < time) {
            callbacks.remove();
        }
        return callbacks.isEmpty() ? -1 : callbacks.element();
    }

    private void step(int span) {
        before[span] = -1;
        if (spans.kind(span) == Kind.CALLBACK) {
            callbacks.push(span);
            return;
        }
        int task = tasks.indexOf(spans.task(span));
        if (task < 0) {
            return;
        }
        int previous = last[task];
        before[span] = previous;
        last[task] = span;
        if (previous < 0 && creating[task] >= 0) {
            add(creating[task], span, createdAt[task]);
        } else if (previous >= 0 && spans.state(previous) == TaskState.WAITING) {
            resumed(span, previous);
        }
    }

    /** Adds the arrow from the awaited task that has ended last. */
    private void resumed(int span, int previous) {
        int latest = -1;
        for (long id : spans.awaited(previous)) {
            int end = lastOf(id);
            if (end >= 0
                    && spans.state(end).isEnd()
                    && spans.ended(end) <= spans.began(span)
                    && spans.ended(end) >= spans.ended(previous)
                    && (latest < 0 || spans.ended(end) > spans.ended(latest))) {
                latest = end;
            }
        }
        if (latest >= 0) {
            add(latest, span, Math.max(spans.began(latest), spans.ended(latest) - 1));
        }
    }

    private void add(int source, int target, long time) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            times = Arrays.copyOf(times, 2 * count);
        }
        from[count] = source;
        to[count] = target;
        times[count++] = time;
    }

    // ---- reading

    /** Returns the span before a span of the same task; -1 for none. */
    int before(int span) {
        return before[span];
    }

    int count() {
        return count;
    }

    int from(int arrow) {
        return from[arrow];
    }

    int to(int arrow) {
        return to[arrow];
    }

    /** Returns the time at which an arrow begins, inside the span from which it comes. */
    long time(int arrow) {
        return times[arrow];
    }
}
