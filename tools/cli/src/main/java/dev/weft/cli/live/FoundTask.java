package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import dev.weft.internal.report.Printable;

/**
 * A task that was searched for.
 *
 * @param loop the name of its loop
 */
public record FoundTask(String loop, String number, String name) {
    static FoundTask parse(String line) {
        String[] parts = line.split("\t", 3);
        return parts.length == 3
                ? new FoundTask(parts[0], parts[1], parts[2])
                : new FoundTask("", "", line);
    }

    /** Returns the failure of a search without a result. */
    public static CommandException none(long pid, String task) {
        return CommandException.failed(
                "process "
                        + pid
                        + " has no live task "
                        + Printable.of(task)
                        + ": weft tree "
                        + pid
                        + " shows the tasks with numbers and names");
    }

    /** Returns the task for people. */
    public String text() {
        return Printable.of("task " + name + " #" + number + " of loop " + loop);
    }
}
