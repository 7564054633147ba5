package dev.weft.cli;

/**
 * Ends a command with a message and an exit status. The message is printed after {@code weft: },
 * without a stack trace, so the message alone must say what is wrong, where, and the fix.
 */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    private CommandException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns the end of a command whose code was refused, or whose work failed. */
    public static CommandException failed(String message) {
        return new CommandException(ExitStatus.FAILED, message);
    }

    /** Returns the end of a command that cannot begin: a missing file, an unsuitable Java. */
    public static CommandException wrongUse(String message) {
        return new CommandException(ExitStatus.WRONG_USE, message);
    }

    /** Returns the exit status. */
    public int status() {
        return status;
    }
}
