package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rules 23 to 25 for groups combined with groups, timeouts, shields and gathers. */
class GroupsCombinedTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void aFailureEndsNestedGroupsFromTheInnermostToTheOutermost() {
        Throwable thrown = program.failureOf(() -> nested(5));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("innermost");
        assertThat(log).containsExactly("1", "2", "3", "4", "5");
    }

    @Async
    private Coroutine<Void> nested(int depth) {
        return TaskGroup.scope(
                group -> {
                    group.create(() -> logsItsEnd("" + depth));
                    if (depth > 1) {
                        return nested(depth - 1);
                    }
                    await(sleep(ofSeconds(1)));
                    throw new IOException("innermost");
                });
    }

    @Test
    void aTimeoutAroundAGroupThrowsWhenAllChildrenHaveEnded() {
        program.run(
                () -> {
                    Throwable thrown = await(thrownBy(limited(3)));
                    assertThat(thrown)
                            .isInstanceOf(TimeoutException.class)
                            .hasCauseInstanceOf(CancelledError.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(7));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("ended slowly");
    }

    @Async
    private Coroutine<Void> limited(int seconds) throws TimeoutException {
        return timeout(
                ofSeconds(seconds),
                TaskGroup.scope(
                        group -> {
                            group.create(() -> endsSlowly(4));
                            return Coroutine.done();
                        }));
    }

    @Test
    void aTimeoutInTheBodyDoesNotChangeTheFailureOfTheGroup() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> failsAfter(1, "boom"));
                                            await(timeout(ofSeconds(5), sleep(ofDays(1))));
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).hasMessage("boom").hasNoSuppressedExceptions();
    }

    @Test
    void aTaskThatTheBodyAwaitsThroughAShieldSurvivesTheGroup() {
        program.run(
                () -> {
                    Task<String> outside = Task.create(() -> sleep(ofSeconds(5), "alive"));
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            TaskGroup.scope(
                                                    group -> {
                                                        group.create(() -> failsAfter(1, "boom"));
                                                        return Coroutine.of(await(shield(outside)));
                                                    })));
                    assertThat(thrown).hasMessage("boom");
                    assertThat(await(outside)).isEqualTo("alive");
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatGathersItsChildrenThrowsTheFailureOnce() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            Task<Void> one =
                                                    group.create(() -> logsItsEnd("sibling"));
                                            Task<Void> two =
                                                    group.create(() -> failsAfter(1, "boom"));
                                            await(gather(one, two));
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("boom");
        assertThat(thrown).hasNoSuppressedExceptions();
        assertThat(log).containsExactly("sibling");
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private Coroutine<Void> endsSlowly(int seconds) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ofSeconds(seconds)));
            log.add("ended slowly");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ZERO));
            log.add(name);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsAfter(int seconds, String message) throws IOException {
        await(sleep(ofSeconds(seconds)));
        throw new IOException(message);
    }
}
