package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.LoopAnswer;
import dev.weft.internal.loop.LoopQuestion.Wanted;
import dev.weft.internal.report.Printable;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.TaskSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks that have run most in a time, and then the oldest ones. */
final class TopTable {
    private static final int MOST_ROWS = 1_000;
    private static final int LONGEST_MILLIS = 5_000;

    private TopTable() {}

    static String text(int number, int millis, int rows) {
        List<Loop> loops = Answers.loops(number);
        int shown = Math.max(1, Math.min(MOST_ROWS, rows));
        int time = Math.max(0, Math.min(LONGEST_MILLIS, millis));
        Map<Loop, Measurement.Result> measured = LoopTable.measure(loops, shown, time);
        StringBuilder text = new StringBuilder();
        for (LoopAnswer answer : Answers.of(loops, Wanted.oldest(shown))) {
            Measurement.Result result = measured.get(answer.loop());
            head(text, answer, result);
            text.append(table(answer.snapshot(), result, shown));
        }
        return text.toString();
    }

    private static void head(
            StringBuilder text, LoopAnswer answer, Measurement.@Nullable Result measured) {
        text.append("loop ").append(LoopNames.of(answer.loop())).append(" of thread ");
        text.append(Printable.of(answer.loop().thread.getName())).append(": ");
        text.append(answer.stuck());
        if (!answer.inexact().isEmpty()) {
            text.append("approximate (").append(answer.inexact()).append("): ");
        }
        LoopSnapshot shown = answer.snapshot();
        if (shown != null) {
            text.append(Amounts.count(shown.counts().tasks(), "task")).append(" (");
            text.append(LoopTable.states(shown)).append("), ");
            text.append(Amounts.count(shown.counts().timers(), "timer")).append('\n');
        }
        if (measured != null) {
            text.append(Amounts.count(LoopTable.perSecond(measured))).append(" steps/s");
        }
        if (measured != null && measured.steps() > 0) {
            text.append(", busy ");
            text.append(Amounts.percent(measured.busy(), measured.nanos()));
            text.append(", longest step ").append(Amounts.duration(measured.longest()));
            text.append(" of ").append(Printable.of(measured.longestLabel()));
        }
        text.append(measured == null ? "" : "\n");
    }

    private static String table(
            @Nullable LoopSnapshot snapshot, Measurement.@Nullable Result measured, int rows) {
        Table table =
                new Table(" TASK", " BUSY", " STEPS", " LONGEST", "STATE", "NAME", "WAITS FOR");
        Set<Long> listed = new HashSet<>();
        if (measured != null) {
            for (Measurement.TaskResult task : measured.tasks()) {
                listed.add(task.id());
                table.add(line(task, measured.nanos()));
            }
        }
        if (snapshot != null) {
            for (TaskSnapshot task : snapshot.tasks()) {
                if (listed.size() < rows && listed.add(task.id())) {
                    table.add(line(task));
                }
            }
        }
        return table.text();
    }

    private static String[] line(Measurement.TaskResult task, long nanos) {
        return new String[] {
            Long.toString(task.id()),
            Amounts.percent(task.nanos(), nanos),
            Amounts.count(task.steps()),
            Amounts.duration(task.longest()),
            task.state().toLowerCase(Locale.ROOT),
            task.name(),
            task.awaited()
        };
    }

    private static String[] line(TaskSnapshot task) {
        return new String[] {
            Long.toString(task.id()),
            Amounts.percent(0, 1),
            "0",
            "-",
            task.state().name().toLowerCase(Locale.ROOT),
            task.name(),
            task.waitsFor() == null ? "" : task.waitsFor().text()
        };
    }
}
