package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rules 20 and 21 for {@code gather} and {@code shield} of lambdas. */
class GatherAndShieldOfLambdasTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    private Coroutine<String> child(String name, int seconds) {
        log.add(name);
        return sleep(ofSeconds(seconds), name);
    }

    @Test
    void eachLambdaIsCalledInTheFirstStepOfATaskOfItsOwnInOrder() {
        VirtualTime.run(
                () -> {
                    Deferred<List<String>> gathered =
                            gather(() -> child("a", 3), () -> child("b", 1), () -> child("c", 2));
                    assertThat(log).isEmpty();
                    assertThat(Task.all()).hasSize(1 + 3);
                    await(iterations(1));
                    assertThat(log).containsExactly("a", "b", "c");
                    assertThat(await(gathered)).containsExactly("a", "b", "c");
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    return Coroutine.done();
                });
    }

    @Test
    void theSameLambdaTwiceIsCalledTwice() {
        AsyncCallable<String> body = () -> child("a", 1);
        VirtualTime.run(
                () -> {
                    assertThat(await(gather(body, body))).containsExactly("a", "a");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("a", "a");
    }

    @Test
    void theExceptionOfALambdaItselfIsTheFailureOfItsTask() {
        IOException failure = new IOException("in the call");
        VirtualTime.run(
                () -> {
                    AsyncCallable<String> failing =
                            () -> {
                                throw failure;
                            };
                    assertThat(await(thrownBy(gather(() -> child("a", 1), failing))))
                            .isSameAs(failure);
                    assertThat(await(thrownBy(shield(failing)))).isSameAs(failure);
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });
    }

    @Test
    void lambdasOfAGatherThatIsCancelledAtOnceAreNeverCalled() {
        VirtualTime.run(
                () -> {
                    Deferred<List<String>> gathered = gather(() -> child("a", 1));
                    gathered.cancel("enough");
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void nullAmongTheLambdasIsRefusedAndNothingIsStarted() {
        VirtualTime.run(
                () -> {
                    AsyncCallable<String> good = () -> child("a", 1);
                    assertThatThrownBy(() -> gather(good, null))
                            .isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> shield((AsyncCallable<String>) null))
                            .isInstanceOf(NullPointerException.class);
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aShieldedLambdaContinuesWhenItsAwaiterIsCancelled() {
        VirtualTime.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            timeout(
                                                    ofSeconds(1),
                                                    shield(() -> logsItsEnd("shielded")))));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    await(sleep(ofSeconds(5)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("shielded");
    }

    private Coroutine<Void> logsItsEnd(String name) {
        return Coroutine.from(
                () -> {
                    await(sleep(ofSeconds(3)));
                    log.add(name);
                    return Coroutine.done();
                });
    }

    @Test
    void aLaterFailureOfAShieldedLambdaIsReported() {
        program.run(
                () -> {
                    Deferred<Void> shielded =
                            shield(
                                    () -> {
                                        await(sleep(ofSeconds(3)));
                                        throw new IllegalStateException("later");
                                    });
                    await(iterations(1));
                    shielded.cancel();
                    await(thrownBy(shielded));
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("later");
    }

    @Test
    void callsFromAnotherThreadAreRefused() {
        VirtualTime.run(
                () -> {
                    for (OtherThread.Action call :
                            List.<OtherThread.Action>of(
                                    () -> gather(() -> child("a", 1)),
                                    () -> shield(() -> child("a", 1)))) {
                        assertThat(OtherThread.thrownBy(call))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("submit");
                    }
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }
}
