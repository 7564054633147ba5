package dev.weft.cli.text;

import java.io.Console;

/** The terminal of the process. */
public final class Terminal {
    private Terminal() {}

    /** Returns whether a person reads the output, not a file or another process. */
    @SuppressWarnings("SystemConsoleNull") // null before Java 22, and isTerminal from then on
    public static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
