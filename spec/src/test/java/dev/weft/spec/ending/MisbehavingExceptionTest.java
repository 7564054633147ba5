package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Logs;
import dev.weft.spec.support.Misbehaving;
import dev.weft.spec.support.Misbehaving.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 29: an exception whose own methods misbehave is an ordinary failure of its task. */
@Timeout(30)
class MisbehavingExceptionTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void aTaskThatFailsWithItPassesItToItsAwaiterAndTheLoopContinues(Method method) {
        RuntimeException failure = Misbehaving.exception(method);
        program.run(
                () -> {
                    Task<Void> inline = Task.create(() -> awaitsAFailure(failure));
                    Task<Void> atOnce = Task.create(() -> Coroutine.failed(failure));
                    assertThat(await(thrownBy(inline)) == failure).isTrue();
                    assertThat(await(thrownBy(atOnce)) == failure).isTrue();
                    assertThat(await(thrownBy(atOnce)) == failure).as("again").isTrue();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itFailsItsGroupOnly(Method method) {
        RuntimeException failure = Misbehaving.exception(method);
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            TaskGroup.<Void>scope(
                                                    group -> {
                                                        group.create(() -> logsItsEnd("sibling"));
                                                        group.create(() -> awaitsAFailure(failure));
                                                        return logsItsEnd("body");
                                                    })));
                    assertThat(thrown == failure).isTrue();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("sibling", "body");
        assertThat(program.reports()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itIsReportedOnceIfItWasNotLookedAt(Method method) {
        RuntimeException failure = Misbehaving.exception(method);
        program.run(
                () -> {
                    Task.create(() -> awaitsAFailure(failure));
                    EventLoop.current().callSoon(() -> throwing(failure));
                    await(iterations(3));
                    return Coroutine.done();
                });
        assertThat(program.reports()).hasSize(2).allMatch(report -> report.exception() == failure);
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultHandlerSurvivesIt(Method method) {
        RuntimeException failure = Misbehaving.exception(method);
        String value;
        try (Logs logs = new Logs()) {
            value =
                    Weft.run(
                            () -> {
                                EventLoop.current().callSoon(() -> throwing(failure));
                                return sleep(ZERO, "value");
                            });
            assertThat(logs.messages()).isNotEmpty();
        }
        assertThat(value).isEqualTo("value");
    }

    private static void throwing(RuntimeException exception) {
        throw exception;
    }

    @Async
    private static Coroutine<Void> awaitsAFailure(RuntimeException failure) {
        await(failsAfterASuspension(failure));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsAfterASuspension(RuntimeException failure) {
        await(sleep(ZERO));
        throw failure;
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add(name);
        }
        return Coroutine.done();
    }
}
