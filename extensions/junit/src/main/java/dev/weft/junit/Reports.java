package dev.weft.junit;

import dev.weft.Unhandled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The failures that have reached the exception handler of the loop. A test with a parameter of this
 * type expects such failures, and looks at them itself.
 *
 * <pre>{@code
 * @Test
 * void theFailureIsReported(Runner runner, Reports reports) {
 *     runner.run(() -> Coroutine.of(Task.create(() -> fails())));
 *     runner.runUntilIdle(); // until the task has failed
 *     runner.close(); // reports the failures that nobody has looked at
 *     assertThat(reports.messages()).containsExactly("boom");
 * }
 * }</pre>
 *
 * <p>A failure that is reported after the last method of the test still fails the test: close the
 * runner to see all of them.
 */
public final class Reports {
    private final List<Unhandled> reports = new ArrayList<>();

    Reports() {}

    Consumer<Unhandled> handler() {
        return reports::add;
    }

    /** Returns the reports so far, in order; a view that grows. */
    public List<Unhandled> list() {
        return Collections.unmodifiableList(reports);
    }

    /** Returns the message of the exception of each report, in order. */
    public List<String> messages() {
        return reports.stream().map(report -> report.exception().getMessage()).toList();
    }

    @Override
    public String toString() {
        return reports.toString();
    }
}
