package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Kind;
import dev.weft.internal.trace.record.Recorder;
import dev.weft.observe.TaskState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The records of a loop, ready to be written. */
final class LoopTrace {
    final String name;
    final Sorted spans;
    final Sorted marks;
    final TracedTasks tasks;
    final Lanes lanes;
    final Arrows arrows;
    private final Recorder recorder;
    private final long origin;

    /**
     * Reads what was recorded so far.
     *
     * @param origin the time that is 0
     */
    LoopTrace(Recorder recorder, long origin) {
        this.recorder = recorder;
        this.origin = origin;
        name = recorder.name();
        spans = Sorted.of(recorder, origin, Kind::isSpan);
        marks = Sorted.of(recorder, origin, kind -> !kind.isSpan());
        tasks = new TracedTasks(spans, marks);
        lanes = new Lanes(tasks);
        boolean isComplete = recorder.longs().dropped() == 0;
        long missingUntil = isComplete ? 0 : recorder.longs().droppedUntil() - origin;
        arrows = new Arrows(spans, marks, tasks, missingUntil);
    }

    /** Returns a sentence about what did not fit into the memory; null if everything did. */
    @Nullable String dropped() {
        long count = recorder.shorts().dropped() + recorder.longs().dropped();
        if (count == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,d records did not fit and are missing", count));
        if (recorder.shorts().dropped() > 0) {
            text.append(": spans shorter than 1 ms before ");
            text.append(milliseconds(recorder.shorts().droppedUntil() - origin));
        }
        if (recorder.longs().dropped() > 0) {
            text.append(recorder.shorts().dropped() > 0 ? ", and" : ":")
                    .append(" longer ones before ");
            text.append(milliseconds(recorder.longs().droppedUntil() - origin));
        }
        return text.append("; set -Dweft.trace.spans for more").toString();
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }

    /** Returns the number of the lane of a span: 0 for those of the loop. */
    int lane(Sorted records, int i) {
        int task = tasks.indexOf(records.task(i));
        return task < 0 ? 0 : lanes.of(task).number();
    }

    /** Returns what a task waits for after a step; null if it does not wait. */
    @Nullable String waitsFor(int span) {
        TaskState state = spans.state(span);
        if (spans.kind(span) != Kind.STEP || state.isEnd() || state == TaskState.RUNNING) {
            return null;
        }
        if (state == TaskState.SLEEPING) {
            return "a time";
        }
        if (state != TaskState.WAITING) {
            return "its turn";
        }
        if (spans.other(span) == 0) {
            return spans.text(span);
        }
        int awaited = tasks.indexOf(spans.other(span));
        return "task " + (awaited < 0 ? "Task-" + spans.other(span) : tasks.name(awaited));
    }
}
