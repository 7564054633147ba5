package dev.weft.benchmarks.service.future;

import java.util.concurrent.CompletionException;

/** Unpacks the failures of futures. */
final class Failures {
    private Failures() {}

    /** Returns the failure that {@code thrown} contains, or {@code thrown} itself. */
    static Exception of(Throwable thrown) {
        Throwable cause = thrown.getCause();
        Throwable failure = thrown instanceof CompletionException && cause != null ? cause : thrown;
        return failure instanceof Exception exception
                ? exception
                : new IllegalStateException(thrown);
    }
}
