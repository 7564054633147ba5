package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncCallable;
import dev.weft.Runner;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;

/** Runs the examples of the pages. */
final class Program {
    private Program() {}

    /** Runs {@code main} in virtual time, and fails if a failure went to the exception handler. */
    static <T> T run(AsyncCallable<T> main) {
        List<Unhandled> unhandled = new ArrayList<>();
        T result;
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled::add)) {
            result = runner.run(main);
        }
        assertThat(unhandled).isEmpty();
        return result;
    }

    /** Runs {@code main} in virtual time, and returns what went to the exception handler. */
    static List<Unhandled> unhandledIn(AsyncCallable<Void> main) {
        List<Unhandled> unhandled = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled::add)) {
            runner.run(main);
        }
        return unhandled;
    }
}
