package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.LoopAnswer;
import dev.weft.internal.loop.LoopQuestion;
import dev.weft.internal.report.Printable;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The loops, a line each. */
final class LoopTable {
    private static final long MILLIS = 250;

    private LoopTable() {}

    /** Measures all loops at the same time. What is not measured is shown as a dash. */
    static String text() {
        List<Loop> loops = Answers.loops(0);
        if (loops.isEmpty()) {
            return "";
        }
        Map<Loop, Measurement.Result> measured = measure(loops, 0, MILLIS);
        StringBuilder notes = new StringBuilder();
        Table table =
                new Table(
                        "LOOP",
                        "THREAD",
                        " TASKS",
                        " READY",
                        " TIMERS",
                        " STEPS/S",
                        " BUSY",
                        " LONGEST",
                        " OLDEST",
                        "STATES");
        for (LoopAnswer answer : Answers.of(loops, LoopQuestion.Wanted.oldest(1))) {
            table.add(line(answer, measured.get(answer.loop())));
            note(notes, answer);
        }
        return notes.insert(0, table.text()).toString();
    }

    /** Observes loops for a time. The result lacks those that do not run or do not answer. */
    static Map<Loop, Measurement.Result> measure(List<Loop> loops, int rows, long millis) {
        List<Measurement> begun = new ArrayList<>();
        for (Loop loop : loops) {
            begun.add(Measurement.begin(loop, rows));
        }
        pause(millis);
        Map<Loop, Measurement.Result> results = new HashMap<>();
        for (int i = 0; i < begun.size(); i++) {
            Measurement.Result result = begun.get(i).end();
            if (result != null && result.nanos() > 0) {
                results.put(loops.get(i), result);
            }
        }
        return results;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String[] line(LoopAnswer answer, Measurement.@Nullable Result measured) {
        Loop loop = answer.loop();
        LoopSnapshot shown = answer.snapshot();
        return new String[] {
            LoopNames.of(loop),
            loop.thread.getName(),
            shown == null ? "-" : Amounts.count(shown.counts().tasks()),
            shown == null ? "-" : Amounts.count(shown.counts().ready()),
            shown == null ? "-" : Amounts.count(shown.counts().timers()),
            measured != null ? Amounts.count(perSecond(measured)) : "-",
            measured != null ? Amounts.percent(measured.busy(), measured.nanos()) : "-",
            measured != null ? Amounts.duration(measured.longest()) : "-",
            oldest(shown),
            shown == null ? "-" : states(shown)
        };
    }

    static long perSecond(Measurement.Result measured) {
        return Math.round(measured.steps() * 1e9 / measured.nanos());
    }

    private static String oldest(@Nullable LoopSnapshot shown) {
        TaskSnapshot oldest =
                shown == null || shown.tasks().isEmpty() ? null : shown.tasks().get(0);
        return oldest == null || oldest.age() == null
                ? "-"
                : Amounts.duration(oldest.age().toNanos());
    }

    static String states(LoopSnapshot shown) {
        List<String> states = new ArrayList<>();
        for (TaskState state : TaskState.values()) {
            Integer count = shown.counts().states().get(state);
            if (count != null) {
                states.add(Amounts.count(count) + " " + state.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", states);
    }

    private static void note(StringBuilder notes, LoopAnswer answer) {
        String number = LoopNames.of(answer.loop());
        if (!answer.stuck().isEmpty()) {
            String first = answer.stuck().substring(0, answer.stuck().indexOf('\n'));
            notes.append("loop ").append(number).append(": ").append(first).append('\n');
        }
        if (!answer.inexact().isEmpty()) {
            notes.append("loop ").append(number).append(": approximate (");
            notes.append(Printable.of(answer.inexact())).append(")\n");
        }
    }
}
