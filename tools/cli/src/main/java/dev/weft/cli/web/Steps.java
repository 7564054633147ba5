package dev.weft.cli.web;

import dev.weft.internal.report.JsonText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The measured steps of the loops, read from the text of {@code weft top}: programs answer with
 * text only. What cannot be read is left out.
 */
final class Steps {
    /** No loop is measured. */
    static final String NONE = "{}";

    private static final Pattern LOOP = Pattern.compile("loop (\\d+(?:\\.\\d+)?) of thread .*");
    private static final Pattern TOTAL =
            Pattern.compile(
                    "([\\d,]+) steps/s(?:, busy ([\\d.]+) %, longest step ([\\d.]+ [a-z]+) of (.*))?");
    private static final Pattern HEADING =
            Pattern.compile("( *TASK)( +BUSY)( +STEPS)( +LONGEST)  STATE.*");

    private final StringBuilder out = new StringBuilder("{");

    /** True after the head of a loop that is measured. */
    private boolean isInLoop;

    private boolean isInTable;
    private int endOfTask;
    private int endOfBusy;
    private int endOfSteps;

    private Steps() {}

    /**
     * Returns an object with a member for each measured loop: {@code rate}, {@code busy} in
     * percent, {@code longest} and its {@code owner}, and {@code tasks} with the number of steps of
     * each task that is listed.
     */
    static String json(String text) {
        Steps steps = new Steps();
        String loop = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher head = LOOP.matcher(line);
            if (head.matches()) {
                steps.endLoop();
                loop = head.group(1);
            } else if (steps.isInTable) {
                steps.task(line);
            } else if (!steps.total(loop, line)) {
                steps.heading(line);
            }
        }
        steps.endLoop();
        return steps.out.append('}').toString();
    }

    private boolean total(String loop, String line) {
        Matcher total = TOTAL.matcher(line);
        if (loop.isEmpty() || isInLoop || !total.matches()) {
            return false;
        }
        isInLoop = true;
        out.append(out.length() > 1 ? "," : "").append(JsonText.quoted(loop));
        out.append(":{\"rate\":").append(number(total.group(1)));
        if (total.group(2) != null) {
            out.append(",\"busy\":").append(Double.parseDouble(total.group(2)));
            out.append(",\"longest\":").append(JsonText.quoted(total.group(3)));
            out.append(",\"owner\":").append(JsonText.quoted(total.group(4)));
        }
        out.append(",\"tasks\":{");
        return true;
    }

    private void heading(String line) {
        Matcher heading = HEADING.matcher(line);
        if (isInLoop && heading.matches()) {
            isInTable = true;
            endOfTask = heading.end(1);
            endOfBusy = heading.end(2);
            endOfSteps = heading.end(3);
        }
    }

    /** Reads a line of the table, whose numbers end where their headings do. */
    private void task(String line) {
        if (line.length() >= endOfSteps) {
            try {
                long task = number(line.substring(0, endOfTask));
                long steps = number(line.substring(endOfBusy, endOfSteps));
                if (steps > 0) {
                    out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                    out.append('"').append(task).append("\":").append(steps);
                }
            } catch (NumberFormatException unknown) {
                return; // another version of Weft writes another table
            }
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.strip().replace(",", ""));
    }

    private void endLoop() {
        out.append(isInLoop ? "}}" : "");
        isInLoop = false;
        isInTable = false;
    }
}
