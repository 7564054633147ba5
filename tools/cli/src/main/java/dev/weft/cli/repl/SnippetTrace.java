package dev.weft.cli.repl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Removes the loop's frames from the trace of a snippet's exception, as JShell does with its own.
 */
final class SnippetTrace {

    private static final String SNIPPETS = "REPL.";

    private SnippetTrace() {}

    /** Returns the exception, whose traces now end with the last frame of a snippet. */
    static Throwable of(Throwable failure) {
        @Nullable Throwable next = failure;
        for (int depth = 0; next != null && depth < 100; depth++) {
            next.setStackTrace(shorten(next.getStackTrace()));
            next = next.getCause();
        }
        return failure;
    }

    private static StackTraceElement[] shorten(StackTraceElement[] trace) {
        for (int length = trace.length; length > 0; length--) {
            StackTraceElement last = trace[length - 1];
            if (last.getClassName().startsWith(SNIPPETS)
                    && !last.getClassName().endsWith("$Coroutine")) {
                return Arrays.copyOf(trace, length);
            }
        }
        return trace;
    }
}
