package dev.weft.internal.report;

import org.jspecify.annotations.Nullable;

/**
 * The log of the runtime: the {@link System.Logger} "dev.weft", loaded with the first message. A
 * logger that throws loses nothing: the message goes to {@code System.err} instead. Any thread.
 */
public final class Log {
    private Log() {}

    /** Logs a warning with an exception and its text. */
    public static void warning(String message, Throwable exception) {
        log(message + ": " + UserCode.textOf(exception), exception);
    }

    /** Logs a warning. */
    public static void warning(String message) {
        log(message, null);
    }

    /** Logs a warning with the live stack of {@code thread}. */
    public static void warning(String message, Thread thread) {
        Throwable stack = new Throwable("the stack of thread " + thread.getName());
        stack.setStackTrace(thread.getStackTrace());
        log(message, stack);
    }

    private static void log(String message, @Nullable Throwable exception) {
        try {
            System.getLogger("dev.weft").log(System.Logger.Level.WARNING, message, exception);
        } catch (Throwable failure) {
            logToStandardError(message, exception, failure);
        }
    }

    private static void logToStandardError(
            String message, @Nullable Throwable exception, Throwable failure) {
        try {
            System.err.println(
                    "WARNING: "
                            + message
                            + " (the logger failed: "
                            + UserCode.textOf(failure)
                            + ")");
            if (exception != null) {
                exception.printStackTrace();
            }
        } catch (Throwable unprintable) {
            return; // no place is left to say it
        }
    }
}
