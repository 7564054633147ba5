package dev.weft.junit;

import dev.weft.Task;
import dev.weft.Unhandled;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts of messages. */
final class Texts {
    private static final int MOST_TASKS = 100;

    /** The callers of a test method. */
    private static final Pattern MACHINERY =
            Pattern.compile("^(java\\.lang\\.reflect|jdk\\.internal\\.reflect|org\\.junit)\\.");

    /** The classes of the runtime, of frames and of this extension. */
    private static final Pattern LOOP =
            Pattern.compile(
                    "^dev\\.weft\\.((sync|stream|resilience|compiled|internal\\.\\w+|junit(\\.compiled)?)\\.)?[^.]+$"
                            + "|\\$Coroutine$");

    private Texts() {}

    /** Returns a paragraph for each task: its name, what it waits for, and its awaits. */
    static String of(List<Task<?>> tasks) {
        StringBuilder text = new StringBuilder();
        for (Task<?> task : tasks.subList(0, Math.min(tasks.size(), MOST_TASKS))) {
            text.append("\n  task ").append(task.name());
            if (task.waitsFor() != null) {
                text.append(", waits for ").append(task.waitsFor());
            }
            for (StackTraceElement element : task.stack()) {
                text.append("\n    at ").append(element);
            }
        }
        if (tasks.size() > MOST_TASKS) {
            text.append("\n  and ").append(tasks.size() - MOST_TASKS).append(" more tasks");
        }
        return text.toString();
    }

    /** Returns a line for each report: its message and its exception. */
    static String ofReports(List<Unhandled> reports) {
        StringBuilder text = new StringBuilder();
        for (Unhandled report : reports) {
            text.append("\n  ").append(report.message());
            text.append(": ").append(of(report.exception()));
        }
        return text.toString();
    }

    /** Returns a line for each report: its message. */
    static String ofMessages(List<Unhandled> reports) {
        return reports.stream()
                .map(report -> "\n  " + report.message())
                .collect(Collectors.joining());
    }

    /** Returns the text of an exception, which is the user's and may fail itself. */
    static String of(Throwable exception) {
        try {
            return exception.toString();
        } catch (Throwable failure) {
            return exception.getClass().getName() + ", whose toString() has failed";
        }
    }

    /** Appends a stack down to the test method, without the frames of the loop. */
    static void append(StackTraceElement[] stack, StringBuilder text) {
        for (StackTraceElement element : stack) {
            String name = element.getClassName();
            if (MACHINERY.matcher(name).find()) {
                return;
            }
            if (!LOOP.matcher(name).find()) {
                text.append("\n    at ").append(element);
            }
        }
    }

    /** {@code 10 s}, {@code 1500 ms}. */
    static String of(Duration limit) {
        return limit.toNanosPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** {@code 1 task}, {@code 2 tasks}. */
    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
