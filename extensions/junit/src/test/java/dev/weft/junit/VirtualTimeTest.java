package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Unhandled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** {@link VirtualTime} and its recorder. */
class VirtualTimeTest {
    @Test
    void runReturnsTheResultOfMain() {
        assertThat(VirtualTime.<String>run(() -> sleep(ofDays(1), "value"))).isEqualTo("value");
    }

    @Test
    void runThrowsTheVeryExceptionOfMain() {
        IOException failure = new IOException("main");

        assertThatThrownBy(() -> VirtualTime.run(() -> Coroutine.failed(failure)))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
    }

    @Test
    void runFailsWhenAFailureReachedTheExceptionHandler() {
        assertThatThrownBy(() -> VirtualTime.run(() -> reports("unseen", Coroutine.done())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unseen")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whenMainThrowsTooTheReportIsSuppressedInItsException() {
        IOException failure = new IOException("main");

        assertThatThrownBy(
                        () -> VirtualTime.run(() -> reports("unseen", Coroutine.failed(failure))))
                .isSameAs(failure);
        assertThat(failure.getSuppressed())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("unseen");
    }

    @Test
    void runFailsInsteadOfWaitingForever() {
        assertThat(VirtualTime.failureOf(() -> Coroutine.of(await(new Promise<Void>()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Task-1");
    }

    @Test
    void failureOfReturnsNullForAProgramThatSucceeds() {
        assertThat(VirtualTime.failureOf(() -> Coroutine.of(1))).isNull();
    }

    @Test
    void failureOfFailsWhenAFailureReachedTheExceptionHandler() {
        assertThatThrownBy(() -> VirtualTime.failureOf(() -> reports("unseen", Coroutine.done())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unseen");
    }

    @Test
    void elapsedIsTheTimeSinceTheLoopBegan() {
        VirtualTime.run(
                () -> {
                    assertThat(VirtualTime.elapsed()).isEqualTo(ZERO);
                    await(sleep(ofSeconds(3)));
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(3));
                    return Coroutine.done();
                });
    }

    @Test
    void iterationsLetsThatManyIterationsPassAndTakesNoTime() {
        List<Integer> passed = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    Task<Void> counting =
                            Task.create(
                                    () -> {
                                        for (int i = 1; i <= 5; i++) {
                                            passed.add(i);
                                            await(sleep(ZERO));
                                        }
                                        return Coroutine.done();
                                    });
                    await(VirtualTime.iterations(3));
                    assertThat(passed).containsExactly(1, 2, 3);
                    assertThat(VirtualTime.elapsed()).isEqualTo(ZERO);
                    await(counting);
                    return Coroutine.done();
                });
    }

    @Test
    void aRecorderKeepsReportsInsteadOfFailing() {
        VirtualTime.Recorder program = VirtualTime.recorder();

        String value = program.run(() -> reports("unseen", sleep(ofSeconds(2), "value")));

        assertThat(value).isEqualTo("value");
        assertThat(program.reportedMessages()).containsExactly("unseen");
        assertThat(program.reports()).extracting(Unhandled::task).containsOnlyNulls();
        assertThat(program.elapsed()).isEqualTo(ofSeconds(2));
    }

    @Test
    void aRecorderKeepsTheReportsOfAllItsRuns() {
        VirtualTime.Recorder program = VirtualTime.recorder();

        program.run(() -> reports("first", Coroutine.done()));
        program.run(() -> reports("second", Coroutine.done()));

        assertThat(program.reportedMessages()).containsExactly("first", "second");
    }

    @Test
    void theReportsOfARecorderCanBeReadDuringTheRun() {
        VirtualTime.Recorder program = VirtualTime.recorder();

        program.run(
                () -> {
                    await(Task.create(() -> reports("unseen", sleep(ZERO))));
                    assertThat(program.reportedMessages()).containsExactly("unseen");
                    return Coroutine.done();
                });
    }

    @Test
    void furtherSettingsApplyToTheRunner() {
        List<Unhandled> reports = new ArrayList<>();

        VirtualTime.run(
                runner -> runner.exceptionHandler(reports::add),
                () -> reports("seen by another handler", Coroutine.done()));

        assertThat(reports).hasSize(1);
    }

    /** Lets a callback fail, and continues with {@code rest}. */
    private static <T> Coroutine<T> reports(String message, Coroutine<T> rest) {
        EventLoop.current()
                .callSoon(
                        () -> {
                            throw new IllegalStateException(message);
                        });
        return rest;
    }
}
