package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rules 18 and 19 for {@code timeoutOr}, which returns a fallback instead of throwing. */
class TimeoutOrTest {
    @Test
    void anAwaitableThatEndsInTimeGivesItsValueOrFailure() {
        IllegalStateException failure = new IllegalStateException("failure");
        VirtualTime.run(
                () -> {
                    assertThat(await(timeoutOr(ofSeconds(2), sleep(ofSeconds(1), "value"), "late")))
                            .isEqualTo("value");
                    assertThat(await(timeoutOr(ofSeconds(2), Coroutine.of("value"), "late")))
                            .isEqualTo("value");
                    Coroutine<String> failing = Coroutine.failed(failure);
                    assertThat(await(thrownBy(timeoutOr(ofSeconds(2), failing, "late"))))
                            .isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void onExpiryTheFallbackIsReturnedWhenTheBodyHasEnded() {
        VirtualTime.run(
                () -> {
                    String value = await(timeoutOr(ofSeconds(1), slowToEnd("value"), "fallback"));
                    assertThat(value).isEqualTo("fallback");
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
    }

    @Test
    void theFallbackMayBeNull() {
        VirtualTime.run(
                () -> {
                    String value = await(timeoutOr(ofSeconds(1), sleep(ofSeconds(9), "x"), null));
                    assertThat(value).isNull();
                    return Coroutine.done();
                });
    }

    @Test
    void expiryCancelsAnAwaitedTaskOrPromise() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(sleep(ofSeconds(9), "x"));
                    Promise<String> promise = new Promise<>();
                    assertThat(await(timeoutOr(ofSeconds(1), task, "one"))).isEqualTo("one");
                    assertThat(await(timeoutOr(ofSeconds(1), promise, "two"))).isEqualTo("two");
                    assertThat(task.cancelled() && promise.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void anExceptionFromTheCleanUpWinsOverTheFallback() {
        VirtualTime.run(
                () -> {
                    Throwable thrown = await(thrownBy(timeoutOr(ofSeconds(1), failsLate(), "x")));
                    assertThat(thrown).hasMessage("clean-up");
                    return Coroutine.done();
                });
    }

    @Test
    void theValueOfABodyThatSwallowsTheExpiryWinsOverTheFallback() {
        VirtualTime.run(
                () -> {
                    assertThat(await(timeoutOr(ofSeconds(1), swallows(), "fallback")))
                            .isEqualTo("swallowed");
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutExceptionThatTheBodyThrowsItselfIsThrown() {
        TimeoutException own = new TimeoutException("of the body");
        VirtualTime.run(
                () -> {
                    Coroutine<String> failing = Coroutine.failed(own);
                    assertThat(await(thrownBy(timeoutOr(ofSeconds(1), failing, "fallback"))))
                            .isSameAs(own);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationFromOutsideStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Task<String> task =
                            Task.create(timeoutOr(ofSeconds(2), sleep(ofSeconds(9), "x"), "y"));
                    await(iterations(1));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("outside");
                    return Coroutine.done();
                });
    }

    @Test
    void aLimitOfZeroOrLessTakesWhatIsDoneAndElseReturnsTheFallback() {
        VirtualTime.run(
                () -> {
                    Promise<String> done = new Promise<>();
                    done.complete("done");
                    Task<String> unstarted = Task.create(sleep(ofSeconds(9), "x"));
                    for (Duration none : new Duration[] {ZERO, ofSeconds(-1)}) {
                        Coroutine<String> coroutine = swallows();
                        assertThat(await(timeoutOr(none, done, "fallback"))).isEqualTo("done");
                        assertThat(await(timeoutOr(none, coroutine, "fallback")))
                                .isEqualTo("fallback");
                        assertThat(await(thrownBy(coroutine)))
                                .isInstanceOf(IllegalStateException.class);
                    }
                    assertThat(await(timeoutOr(ZERO, unstarted, "fallback"))).isEqualTo("fallback");
                    assertThat(unstarted.cancelled()).isTrue();
                    assertThat(elapsed()).isEqualTo(ZERO);
                    return Coroutine.done();
                });
    }

    @Test
    void withEqualDeadlinesTheOutermostDecides() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> inner =
                            timeoutOr(ofSeconds(1), sleep(ofSeconds(9), "x"), "inner");
                    assertThat(await(thrownBy(timeout(ofSeconds(1), inner))))
                            .isInstanceOf(TimeoutException.class);
                    Coroutine<String> limited = timeout(ofSeconds(1), sleep(ofSeconds(9), "x"));
                    assertThat(await(timeoutOr(ofSeconds(1), limited, "outer"))).isEqualTo("outer");
                    return Coroutine.done();
                });
    }

    @Test
    void nullIsRefusedAtTheCall() {
        assertThatThrownBy(() -> timeoutOr(null, Coroutine.of("x"), "y").close())
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> timeoutOr(ofSeconds(1), null, "y").close())
                .isInstanceOf(NullPointerException.class);
    }

    @Async
    private static Coroutine<String> slowToEnd(String value) {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(5)));
        }
        return Coroutine.of(value);
    }

    @Async
    private static Coroutine<String> failsLate() {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError cancelled) {
            throw new IllegalStateException("clean-up");
        }
        return Coroutine.of("in time");
    }

    @Async
    private static Coroutine<String> swallows() {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError swallowed) {
            return Coroutine.of("swallowed");
        }
        return Coroutine.of("in time");
    }
}
