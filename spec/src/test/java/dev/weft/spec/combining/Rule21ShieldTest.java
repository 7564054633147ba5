package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 21: shield. */
class Rule21ShieldTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void aShieldGivesTheResultOfTheInnerAwaitable() {
        VirtualTime.run(
                () -> {
                    RuntimeException failure = new IllegalStateException();
                    assertThat(await(shield(sleep(ofSeconds(1), "value")))).isEqualTo("value");
                    assertThat(await(thrownBy(shield(Coroutine.failed(failure)))))
                            .isSameAs(failure);
                    Task<String> done = Task.create(() -> Coroutine.of("done"));
                    await(iterations(1));
                    assertThat(await(shield(done))).isEqualTo("done");
                    return Coroutine.done();
                });
    }

    @Test
    void theInnerTaskContinuesWhenTheAwaiterIsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<String> inner = Task.create(sleep(ofSeconds(3), "value"));
                    Task<String> outer = Task.create(() -> Coroutine.of(await(shield(inner))));
                    await(iterations(1));
                    outer.cancel("enough");
                    assertThat(await(thrownBy(outer)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(elapsed()).isZero();
                    assertThat(inner.cancelling()).isZero();
                    assertThat(await(inner)).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldedCoroutineContinuesAsATaskOfItsOwn() {
        VirtualTime.run(
                () -> {
                    boolean[] ended = {false};
                    Throwable thrown =
                            await(thrownBy(timeout(ofSeconds(1), shield(notingItsEnd(ended)))));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    await(sleep(ofSeconds(5)));
                    assertThat(ended[0]).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldIsCancelledWhenTheInnerTaskIsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Void> inner = Task.create(sleep(ofSeconds(9)));
                    Deferred<Void> shielded = shield(inner);
                    await(iterations(1));
                    inner.cancel("owner");
                    assertThat(await(thrownBy(shielded)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("owner");
                    assertThat(shielded.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aLaterFailureOfTheInnerTaskIsReported() {
        program.run(
                () -> {
                    Deferred<Void> shielded = shield(failingAfterThreeSeconds());
                    await(iterations(1));
                    shielded.cancel();
                    assertThat(await(thrownBy(shielded))).isInstanceOf(CancelledError.class);
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("later");
    }

    @Test
    void aFailureThatIsSeenThroughTheShieldIsNotReported() {
        program.run(
                () -> {
                    assertThat(await(thrownBy(shield(failingAfterThreeSeconds()))))
                            .hasMessage("later");
                    return Coroutine.done();
                });

        assertThat(program.reports()).isEmpty();
    }

    @Async
    private static Coroutine<Void> notingItsEnd(boolean[] ended) {
        await(sleep(ofSeconds(3)));
        ended[0] = true;
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failingAfterThreeSeconds() {
        await(sleep(ofSeconds(3)));
        throw new IllegalStateException("later");
    }

    @Test
    void aShieldThatIsDoneCannotBeCancelled() {
        VirtualTime.run(
                () -> {
                    Deferred<String> shield = shield(sleep(ofSeconds(1), "value"));
                    assertThat(await(shield)).isEqualTo("value");
                    assertThat(shield.cancel()).isFalse();
                    assertThat(shield.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }
}
