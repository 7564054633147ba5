package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rules 18 and 19 for {@code timeout} of a lambda. */
class TimeoutOfLambdaTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void theLambdaIsCalledInTheFirstStepAndInTheSameTask() {
        VirtualTime.run(
                () -> {
                    Task<?> caller = Task.current();
                    Coroutine<String> limited =
                            timeout(
                                    ofSeconds(2),
                                    () -> {
                                        log.add("called");
                                        assertThat(Task.current()).isSameAs(caller);
                                        return sleep(ofSeconds(1), "value");
                                    });
                    assertThat(log).isEmpty();
                    await(sleep(ofSeconds(5)));
                    assertThat(await(limited)).isEqualTo("value");
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("called");
    }

    @Test
    void theLambdaMayAwait() {
        VirtualTime.run(
                () -> {
                    int sum =
                            await(
                                    timeout(
                                            ofSeconds(5),
                                            () -> {
                                                int one = await(sleep(ofSeconds(1), 1));
                                                int two = await(sleep(ofSeconds(1), 2));
                                                return Coroutine.of(one + two);
                                            }));
                    assertThat(sum).isEqualTo(3);
                    return Coroutine.done();
                });
    }

    @Test
    void expiryCancelsTheBodyWaitsForItsEndAndThrowsTimeoutException() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> limited =
                            timeout(
                                    ofSeconds(1),
                                    () -> {
                                        try {
                                            await(sleep(ofSeconds(9)));
                                        } finally {
                                            await(sleep(ofSeconds(5)));
                                            log.add("cleaned up");
                                        }
                                        return Coroutine.done();
                                    });
                    assertThat(await(thrownBy(limited)))
                            .isInstanceOf(TimeoutException.class)
                            .hasCauseInstanceOf(CancelledError.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void withALimitOfZeroOrLessTheLambdaIsNeverCalled() {
        VirtualTime.run(
                () -> {
                    for (var limit : List.of(ZERO, ofSeconds(-1), ofSeconds(Long.MIN_VALUE))) {
                        assertThat(await(thrownBy(timeout(limit, () -> called()))))
                                .isInstanceOf(TimeoutException.class);
                    }
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void theExceptionOfTheLambdaItselfIsThrownUnchanged() {
        IOException failure = new IOException("in the call");
        VirtualTime.run(
                () -> {
                    Coroutine<Void> limited =
                            timeout(
                                    ofSeconds(1),
                                    () -> {
                                        throw failure;
                                    });
                    assertThat(await(thrownBy(limited))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void aLambdaThatReturnsNullFails() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> limited = timeout(ofSeconds(1), () -> null);
                    assertThat(await(thrownBy(limited))).isInstanceOf(NullPointerException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatIsCancelledBeforeItsFirstStepNeverCallsTheLambda() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(1), () -> called()));
                    task.cancel("enough");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aCancellationFromOutsideStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(5), () -> sleep(ofSeconds(9))));
                    await(iterations(1));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("outside");
                    return Coroutine.done();
                });
    }

    @Test
    void theCoroutineCanBeAwaitedOnce() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> limited = timeout(ofSeconds(1), () -> called());
                    await(limited);
                    assertThat(await(thrownBy(limited))).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("called");
    }

    @Test
    void nullIsRefusedAtTheCall() {
        assertThatThrownBy(() -> timeout(null, () -> called()).close())
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> timeout(ofSeconds(1), (AsyncCallable<Void>) null).close())
                .isInstanceOf(NullPointerException.class);
    }

    private Coroutine<Void> called() {
        log.add("called");
        return Coroutine.done();
    }
}
