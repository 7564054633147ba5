package dev.weft.cli.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Removes the frames of the command line from the traces of a program's exception. */
final class ProgramTrace {
    private ProgramTrace() {}

    /** Returns the exception, whose trace now ends with the program's first frame. */
    static Throwable of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (seen.add(next)) {
                shorten(next);
                open.addAll(Arrays.asList(next.getSuppressed()));
                Throwable cause = next.getCause();
                if (cause != null) {
                    open.add(cause);
                }
            }
        }
        return failure;
    }

    private static void shorten(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        int length = trace.length;
        if (length == 0 || !isOurs(trace[length - 1])) {
            return; // another thread's, or none
        }
        while (length > 0 && isOurs(trace[length - 1])) {
            length--;
        }
        failure.setStackTrace(Arrays.copyOf(trace, length));
    }

    private static boolean isOurs(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("dev.weft.cli.")
                || name.startsWith("jdk.internal.reflect.")
                || name.startsWith("java.lang.reflect.");
    }
}
