package dev.weft.junit;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks at the end of a test, and the end of its loop. */
final class EndOfTest {
    /** The iterations in which tasks that are about to end may end. They take no virtual time. */
    private static final int LAST_ITERATIONS = 100;

    private final TestState state;
    private final List<AssertionError> violations = new ArrayList<>();

    EndOfTest(TestState state) {
        this.state = state;
    }

    /** The tasks that are left. */
    private record Pending(int count, String text, List<StackTraceElement> stack) {}

    /** Closes the loop, and returns an error for each check that does not hold. */
    List<AssertionError> violations() {
        Runner runner = state.runnerOrNull();
        if (runner == null) {
            return List.of();
        }
        if (!state.isOnItsThread()) {
            return List.of(new AssertionError(otherThread()));
        }
        boolean wasInterrupted = Thread.interrupted(); // it would cancel the checks
        try {
            check(runner);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return violations;
    }

    private void check(Runner runner) {
        int expected = state.expectsReports ? state.reports.list().size() : 0;
        if (!isClosed(runner)) {
            checkTasks(runner);
        }
        checkStreams(runner.unclosed());
        List<Unhandled> unawaited = new ArrayList<>(runner.unawaited());
        close(runner);
        List<Unhandled> reports = state.reports.list();
        checkReports(reports.subList(expected, reports.size()));
        unawaited.addAll(runner.unawaited());
        checkCoroutines(unawaited);
    }

    private static boolean isClosed(Runner runner) {
        try {
            runner.loop();
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    /** Closes the runner. An error that stops the loop is a violation too. */
    private void close(Runner runner) {
        try {
            runner.close();
        } catch (Throwable failure) {
            add(
                    state.test + ": the end of the loop has failed: " + Texts.of(failure),
                    failure,
                    null);
        }
    }

    private void checkTasks(Runner runner) {
        Pending pending;
        try {
            pending = runner.run(() -> cancelPending());
        } catch (Throwable failure) {
            add(state.test + ": a task has failed at the end: " + Texts.of(failure), failure, null);
            return;
        }
        if (pending.count > 0 && !state.settings.ignored().contains(Check.PENDING_TASKS)) {
            add(
                    state.test
                            + " has left "
                            + Texts.count(pending.count, "pending task")
                            + " (cancelled now):"
                            + pending.text
                            + "\nAwait or cancel each task in the test, or create it in a TaskGroup. To"
                            + " allow pending tasks: @WeftTest(ignore = Check.PENDING_TASKS).",
                    null,
                    pending.stack);
        }
    }

    @Async
    private static Coroutine<Pending> cancelPending() {
        await(VirtualTime.iterations(LAST_ITERATIONS));
        List<Task<?>> tasks = new ArrayList<>(Task.all());
        tasks.remove(Task.current());
        List<StackTraceElement> stack = tasks.isEmpty() ? List.of() : tasks.get(0).stack();
        Pending pending = new Pending(tasks.size(), Texts.of(tasks), stack);
        for (Task<?> task : tasks) {
            task.cancel("the test has ended");
        }
        return Coroutine.of(pending);
    }

    private void checkReports(List<Unhandled> reports) {
        if (reports.isEmpty() || state.settings.ignored().contains(Check.UNHANDLED_FAILURES)) {
            return;
        }
        AssertionError error =
                add(
                        state.test
                                + " has left "
                                + Texts.count(reports.size(), "failure")
                                + " that no code has seen:"
                                + Texts.ofReports(reports)
                                + "\nAwait the task, or catch the exception in the callback. To expect"
                                + " the failure, add a parameter of type Reports.",
                        reports.get(0).exception(),
                        null);
        for (Unhandled report : reports.subList(1, reports.size())) {
            error.addSuppressed(report.exception());
        }
    }

    private void checkCoroutines(List<Unhandled> unawaited) {
        if (!unawaited.isEmpty()
                && !state.settings.ignored().contains(Check.UNAWAITED_COROUTINES)) {
            add(
                    state.test
                            + " has left "
                            + Texts.count(unawaited.size(), "coroutine")
                            + " that never ran:"
                            + Texts.ofMessages(unawaited)
                            + "\nAwait the coroutine, create a task of it, or close() it. To allow"
                            + " this: @WeftTest(ignore = Check.UNAWAITED_COROUTINES).",
                    null,
                    List.of(unawaited.get(0).exception().getStackTrace()));
        }
    }

    private void checkStreams(List<Unhandled> open) {
        if (!open.isEmpty() && !state.settings.ignored().contains(Check.OPEN_STREAMS)) {
            add(
                    state.test
                            + " has left "
                            + Texts.count(open.size(), "open stream")
                            + ":"
                            + Texts.ofMessages(open)
                            + "\nRead the stream by an end such as toList(), or close it: try (var s ="
                            + " closing(stream)) { ... }. To allow this: @WeftTest(ignore ="
                            + " Check.OPEN_STREAMS).",
                    null,
                    List.of(open.get(0).exception().getStackTrace()));
        }
    }

    private String otherThread() {
        return state.test
                + " has used its loop on another thread, so the loop cannot be checked and closed"
                + " here: use the timeout of @WeftTest instead of a @Timeout with SEPARATE_THREAD";
    }

    /** Adds an error. Its trace is {@code stack}, the place to look at, unless that is null. */
    private AssertionError add(
            String message, @Nullable Throwable cause, @Nullable List<StackTraceElement> stack) {
        AssertionError error = new AssertionError(message, cause);
        if (stack != null) {
            error.setStackTrace(stack.toArray(new StackTraceElement[0]));
        }
        violations.add(error);
        return error;
    }
}
