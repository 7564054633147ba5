package dev.weft.internal.monitor;

import dev.weft.internal.loop.LoopAnswer;
import dev.weft.internal.loop.LoopQuestion.Wanted;
import dev.weft.internal.report.Printable;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.Wait;
import java.util.List;
import java.util.Locale;

/**
 * Finds tasks by number or name.
 *
 * @param text a number, perhaps after {@code #}, or a name
 */
record TaskSearch(String text) {
    /** Several tasks may have one name. */
    private static final int MOST = 100;

    private boolean finds(ObservedTask task) {
        String number = Long.toString(task.id());
        return text.equals(number) || text.equals("#" + number) || text.equals(task.name());
    }

    private static List<LoopAnswer> answers(int loop, String text) {
        TaskSearch search = new TaskSearch(text);
        return Answers.of(Answers.loops(loop), new Wanted(MOST, search::finds));
    }

    /** Returns a line for each task: the name of its loop, its number, its name. */
    static String find(int loop, String text) {
        StringBuilder lines = new StringBuilder();
        for (LoopAnswer answer : answers(loop, text)) {
            for (TaskSnapshot task : tasks(answer)) {
                lines.append(LoopNames.of(answer.loop()))
                        .append('\t')
                        .append(task.id())
                        .append('\t');
                lines.append(Printable.of(task.name())).append('\n');
            }
        }
        return lines.toString();
    }

    /** Returns the tasks with all their awaits. If a loop is stuck, this is said first. */
    static String stack(int loop, String text) {
        StringBuilder found = new StringBuilder();
        for (LoopAnswer answer : answers(loop, text)) {
            List<TaskSnapshot> tasks = tasks(answer);
            if (!tasks.isEmpty()) {
                found.append(answer.stuck());
                for (TaskSnapshot task : tasks) {
                    describe(found, answer, task);
                }
            }
        }
        return found.toString();
    }

    private static List<TaskSnapshot> tasks(LoopAnswer answer) {
        return answer.snapshot() == null ? List.of() : answer.snapshot().tasks();
    }

    private static void describe(StringBuilder out, LoopAnswer answer, TaskSnapshot task) {
        out.append("task ").append(Printable.of(task.name())).append(" #").append(task.id());
        out.append(" of loop ").append(LoopNames.of(answer.loop())).append(": ");
        Wait wait = task.waitsFor();
        out.append(
                wait == null
                        ? task.state().name().toLowerCase(Locale.ROOT)
                        : "waits for " + Printable.of(wait.text()));
        out.append('\n');
        for (StackTraceElement element : task.stack()) {
            out.append("    at ").append(element.toString()).append('\n');
        }
        if (task.creator() != null) {
            out.append("  created by task #").append(task.creator().longValue()).append('\n');
        }
        if (task.age() != null) {
            out.append("  age: ").append(Amounts.duration(task.age().toNanos())).append('\n');
        }
        if (!task.locals().isEmpty()) {
            String locals = String.join(", ", task.locals());
            out.append("  task-locals: ").append(Printable.of(locals)).append('\n');
        }
        if (task.cancelling() > 0) {
            out.append("  cancellation requested\n");
        }
    }
}
