package dev.weft.cli;

/** The exit statuses of every command. A program that {@code weft run} starts has its own. */
public final class ExitStatus {
    /** The command has done its work. */
    public static final int OK = 0;

    /** The code was refused, or failed. */
    public static final int FAILED = 1;

    /** The command was used wrongly: options, missing files, an unsuitable Java. */
    public static final int WRONG_USE = 2;

    private ExitStatus() {}
}
