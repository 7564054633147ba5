package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program of a test on a new event loop in virtual time. Works in any test framework, and
 * for several programs in one test. {@link WeftTest} checks more.
 *
 * <p>In virtual time the clock starts at zero and stands still while anything can run. When nothing
 * can run, the clock jumps to the next timer: a sleep of a day takes no real time, and every time
 * is exact to the nanosecond. A program that would wait forever fails with an {@code
 * IllegalStateException} that names each suspended task.
 *
 * <p>{@link #run} is the usual entry. The run ends with the end of the loop, which cancels the
 * tasks that are left. A failure that reached the exception handler of the loop fails the test:
 *
 * <pre>{@code
 * VirtualTime.run(
 *         () -> {
 *             await(sleep(ofSeconds(1)));
 *             assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(1));
 *             return Coroutine.done();
 *         });
 * }</pre>
 *
 * <p>A test that expects such failures uses a {@link Recorder}, which keeps the reports instead.
 */
public final class VirtualTime {
    private VirtualTime() {}

    /**
     * Runs {@code main} and then ends the loop.
     *
     * @return the result of {@code main}
     * @throws AssertionError if a failure was reported to the exception handler. If {@code main}
     *     throws as well, the exception of {@code main} is thrown, and the error is suppressed in
     *     it
     */
    public static <T> T run(AsyncCallable<T> main) {
        return run(UnaryOperator.identity(), main);
    }

    /** Runs {@code main} like {@link #run(AsyncCallable)}, on a runner with further settings. */
    public static <T> T run(UnaryOperator<Runner> settings, AsyncCallable<T> main) {
        Recorder recorder = recorder(settings);
        T result;
        try {
            result = recorder.run(main);
        } catch (Throwable failure) {
            if (!recorder.reports().isEmpty()) {
                failure.addSuppressed(recorder.unexpected());
            }
            throw failure;
        }
        recorder.check();
        return result;
    }

    /**
     * Returns the exception that {@code main} or the end of its loop throws, or null if both
     * succeed.
     *
     * @throws AssertionError if a failure was reported to the exception handler
     */
    public static <T> @Nullable Throwable failureOf(AsyncCallable<T> main) {
        Recorder recorder = recorder();
        Throwable failure = recorder.failureOf(main);
        recorder.check();
        return failure;
    }

    /** Creates a recorder without reports. */
    public static Recorder recorder() {
        return recorder(UnaryOperator.identity());
    }

    /**
     * Creates a recorder whose runners have further settings. An exception handler that is set
     * there replaces the recorder's own.
     */
    public static Recorder recorder(UnaryOperator<Runner> settings) {
        return new Recorder(settings);
    }

    /** Returns the virtual time that has elapsed on the current loop since its creation. */
    public static Duration elapsed() {
        return Duration.ofNanos(EventLoop.current().time());
    }

    /** Lets {@code count} iterations of the loop pass, and takes no virtual time. */
    @Async
    public static Coroutine<Void> iterations(int count) {
        for (int i = 0; i < count; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    /**
     * Runs programs in virtual time, each on a loop of its own, and keeps every failure that
     * reaches the exception handler. For tests that expect such failures.
     */
    public static final class Recorder {
        private final UnaryOperator<Runner> settings;
        private final Reports reports = new Reports();
        private Duration elapsed = Duration.ZERO;

        private Recorder(UnaryOperator<Runner> settings) {
            this.settings = settings;
        }

        /** Runs {@code main}, ends the loop, and returns the result of {@code main}. */
        public <T> T run(AsyncCallable<T> main) {
            Runner fresh = Weft.runner().virtualTime().exceptionHandler(reports.handler());
            try (Runner runner = settings.apply(fresh)) {
                EventLoop loop = runner.loop();
                try {
                    return runner.run(main);
                } finally {
                    elapsed = Duration.ofNanos(loop.time());
                }
            }
        }

        /** Returns the exception that {@code main} or the end of its loop throws, or null. */
        public <T> @Nullable Throwable failureOf(AsyncCallable<T> main) {
            try {
                run(main);
                return null;
            } catch (Throwable failure) {
                return failure;
            }
        }

        /** Returns the reports of all runs so far, in order; a view that grows during a run. */
        public List<Unhandled> reports() {
            return reports.list();
        }

        /** Returns the message of the exception of each report, in order. */
        public List<String> reportedMessages() {
            return reports.messages();
        }

        /** Returns the virtual time at which the main task of the last run ended. */
        public Duration elapsed() {
            return elapsed;
        }

        private void check() {
            if (!reports().isEmpty()) {
                throw unexpected();
            }
        }

        private AssertionError unexpected() {
            return new AssertionError(
                    "failures that no code has seen, so they went to the exception handler:"
                            + Texts.ofReports(reports())
                            + "\nAwait the task, or catch the exception in the callback. To expect the"
                            + " failure, run the program by VirtualTime.recorder().",
                    reports().get(0).exception());
        }
    }
}
