package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import dev.weft.internal.report.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loops that a command asks.
 *
 * @param copy the number of the copy of the runtime
 * @param loop the number of the loop there; 0 for all loops of all copies
 */
public record Choice(int copy, int loop) {
    /** All loops of a process. */
    public static final Choice ALL = new Choice(0, 0);

    private static final Pattern NAME = Pattern.compile("(?:(\\d{1,6})\\.)?(\\d{1,9})");

    /**
     * Reads the name of a loop, such as 3 or 2.1.
     *
     * @throws CommandException if the text is no name
     */
    public static Choice parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) == 0) {
            throw CommandException.wrongUse(
                    "\""
                            + Printable.of(name)
                            + "\" is no loop: weft ps PID shows the loops, as 1 or 2.1");
        }
        String copy = matcher.group(1);
        return new Choice(
                copy == null ? 1 : Integer.parseInt(copy), Integer.parseInt(matcher.group(2)));
    }

    boolean isAll() {
        return loop == 0;
    }

    CommandException noSuchLoop(long pid) {
        return CommandException.failed(
                "process "
                        + pid
                        + " has no open loop "
                        + this
                        + ": weft ps "
                        + pid
                        + " lists its loops");
    }

    @Override
    public String toString() {
        return copy <= 1 ? Integer.toString(loop) : copy + "." + loop;
    }
}
