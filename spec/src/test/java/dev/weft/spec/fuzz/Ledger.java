package dev.weft.spec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.EventLoop;
import dev.weft.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what happens in a random program: bodies that started and ended, callbacks in the order of
 * their scheduling, and failures that must be reported. Exceptions are compared by identity and
 * never printed, because their methods may misbehave.
 */
final class Ledger {
    private final List<Task<?>> tasks = new ArrayList<>();
    private final IdentityHashMap<Throwable, Integer> expected = new IdentityHashMap<>();
    private final IdentityHashMap<Throwable, Integer> reported = new IdentityHashMap<>();
    private final IdentityHashMap<Throwable, Integer> allowed = new IdentityHashMap<>();
    private final List<Integer> called = new ArrayList<>();
    private int scheduled;
    private int started;
    private int ended;
    private int cancelFailures;
    private int reportedCancelFailures;

    void started(Task<?> task) {
        started++;
        tasks.add(task);
    }

    void ended() {
        ended++;
    }

    /** Schedules a callback that notes its place in the order of the calls. */
    void schedule() {
        int number = scheduled++;
        EventLoop.current().callSoon(() -> called.add(number));
    }

    /** Notes that {@code failure} is not looked at, and must be reported once more. */
    void expectReport(Throwable failure) {
        expected.merge(failure, 1, Integer::sum);
    }

    /** Notes that {@code failure} may be reported once. */
    void allowReport(Throwable failure) {
        allowed.put(failure, 1);
    }

    /** Notes that {@code failure} was looked at, and must not be reported. */
    void forbidReport(Throwable failure) {
        allowed.remove(failure);
    }

    /** Notes that a cancellation calls a future whose cancel throws. */
    void expectCancelFailure() {
        cancelFailures++;
    }

    void reported(Throwable failure) {
        if (failure instanceof HostileProgram.CancelFailure) {
            reportedCancelFailures++;
        } else {
            reported.merge(failure, 1, Integer::sum);
        }
    }

    List<Task<?>> tasks() {
        return Collections.unmodifiableList(tasks);
    }

    void assertBalanced() {
        assertThat(ended).as("bodies that ended").isEqualTo(started);
        assertThat(tasks.stream().filter(task -> !task.done()).count()).as("pending").isZero();
        assertThat(called).as("callbacks in the order of their scheduling").hasSize(scheduled);
        assertThat(called).isSorted();
        assertThat(reportedCancelFailures)
                .as("reports of futures whose cancel throws")
                .isEqualTo(cancelFailures);
        assertThat(expected.keySet().stream().filter(f -> !reported.containsKey(f)).count())
                .as("failures that were not reported")
                .isZero();
        assertThat(reported.keySet().stream().filter(f -> countOf(f) == 0).count())
                .as("failures that were reported although they were looked at")
                .isZero();
        assertThat(reported.entrySet().stream().filter(this::hasWrongCount).count())
                .as("failures that were reported more or less often than expected")
                .isZero();
    }

    private boolean hasWrongCount(Map.Entry<Throwable, Integer> entry) {
        return entry.getValue() != countOf(entry.getKey());
    }

    private int countOf(Throwable failure) {
        return expected.getOrDefault(failure, allowed.getOrDefault(failure, 0));
    }
}
