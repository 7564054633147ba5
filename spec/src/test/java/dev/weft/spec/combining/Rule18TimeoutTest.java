package dev.weft.spec.combining;

import static dev.weft.Weft.await;
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
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 18 without ties, nested timeouts and cancellations from outside. */
class Rule18TimeoutTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void anAwaitableThatEndsInTimeGivesItsValueOrFailure() {
        VirtualTime.run(
                () -> {
                    assertThat(await(timeout(ofSeconds(2), sleep(ofSeconds(1), "value"))))
                            .isEqualTo("value");
                    assertThat(await(timeout(ofSeconds(2), Coroutine.of(1)))).isEqualTo(1);
                    Task<Integer> task = Task.create(sleep(ofSeconds(1), 2));
                    assertThat(await(timeout(ofSeconds(2), task))).isEqualTo(2);
                    IllegalStateException failure = new IllegalStateException();
                    assertThat(await(thrownBy(timeout(ofSeconds(2), Coroutine.failed(failure)))))
                            .isSameAs(failure);
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });
    }

    @Test
    void theCoroutineRunsInTheSameTaskAndAtOnce() {
        VirtualTime.run(
                () -> {
                    Task<?> caller = Task.current();
                    await(
                            timeout(
                                    ofSeconds(1),
                                    Coroutine.from(
                                            () -> {
                                                trace.add("inside");
                                                assertThat(Task.current()).isSameAs(caller);
                                                assertThat(Task.all()).hasSize(1);
                                                await(iterations(1));
                                                assertThat(Task.current()).isSameAs(caller);
                                                return Coroutine.done();
                                            })));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inside");
    }

    @Test
    void theLimitCountsFromTheFirstStepNotFromTheCall() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> limited = timeout(ofSeconds(2), sleep(ofSeconds(1), "value"));
                    await(sleep(ofSeconds(5)));
                    assertThat(await(limited)).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void onExpiryTimeoutExceptionIsThrownWithTheCancellationAsCause() {
        VirtualTime.run(
                () -> {
                    List<Throwable> inside = new ArrayList<>();
                    Throwable thrown =
                            await(thrownBy(timeout(ofSeconds(1), notingCancellation(inside))));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(thrown.getCause()).isInstanceOf(CancelledError.class);
                    assertThat(inside).containsExactly(thrown.getCause());
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void expiryCancelsAnAwaitedTaskPromiseOrGather() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(9)));
                    Promise<Void> promise = new Promise<>();
                    CompletableFuture<Void> stage = new CompletableFuture<>();
                    Throwable byTask = await(thrownBy(timeout(ofSeconds(1), task)));
                    Throwable byPromise = await(thrownBy(timeout(ofSeconds(1), promise)));
                    Throwable byGather =
                            await(
                                    thrownBy(
                                            timeout(
                                                    ofSeconds(1),
                                                    Weft.gather(
                                                            sleep(ofSeconds(9)),
                                                            new Promise<>()))));
                    assertThat(List.of(byTask, byPromise, byGather))
                            .allMatch(
                                    thrown ->
                                            thrown instanceof TimeoutException
                                                    && thrown.getCause() instanceof CancelledError);
                    assertThat(task.cancelled() && promise.cancelled()).isTrue();
                    assertThat(stage).isNotDone();
                    return Coroutine.done();
                });
    }

    @Test
    void timeoutWaitsUntilTheCancelledCoroutineHasEnded() {
        VirtualTime.run(
                () -> {
                    Throwable thrown = await(thrownBy(timeout(ofSeconds(1), slowToEnd())));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("ended");
    }

    @Test
    void timeoutWaitsUntilTheCancelledTaskHasEnded() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(slowToEnd());
                    Throwable thrown = await(thrownBy(timeout(ofSeconds(1), task)));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    return Coroutine.done();
                });
    }

    @Test
    void expiryCancelsOnlyOnce() {
        VirtualTime.run(
                () -> {
                    String value =
                            await(
                                    timeout(
                                            ofSeconds(1),
                                            Coroutine.from(
                                                    () -> {
                                                        await(thrownBy(sleep(ofSeconds(9))));
                                                        await(sleep(ofSeconds(9)));
                                                        return sleep(ofSeconds(9), "late");
                                                    })));
                    assertThat(value).isEqualTo("late");
                    assertThat(elapsed()).isEqualTo(ofSeconds(19));
                    return Coroutine.done();
                });
    }

    @Test
    void anExceptionFromTheCleanUpWinsOverTimeoutException() {
        VirtualTime.run(
                () -> {
                    IllegalStateException failure = new IllegalStateException();
                    Coroutine<Void> body = failingInItsCleanUp(failure);
                    assertThat(await(thrownBy(timeout(ofSeconds(1), body)))).isSameAs(failure);
                    Task<Void> task = Task.create(failingInItsCleanUp(failure));
                    assertThat(await(thrownBy(timeout(ofSeconds(1), task)))).isSameAs(failure);
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void theValueOfABodyThatSwallowsTheExpiryWins() {
        VirtualTime.run(
                () -> {
                    assertThat(await(timeout(ofSeconds(1), swallowing()))).isEqualTo("swallowed");
                    Task<String> task = Task.create(swallowing());
                    assertThat(await(timeout(ofSeconds(1), task))).isEqualTo("swallowed");
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutThatIsOverLeavesNoTimerAndNoRequestBehind() {
        VirtualTime.run(
                () -> {
                    await(timeout(ofSeconds(1), iterations(1)));
                    await(thrownBy(timeout(ofSeconds(1), sleep(ofSeconds(9)))));
                    await(timeout(ofSeconds(1), swallowing()));
                    await(sleep(ofSeconds(100)));
                    await(iterations(3));
                    assertThat(elapsed()).isEqualTo(ofSeconds(102));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> notingCancellation(List<Throwable> seen) {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError error) {
            seen.add(error);
            throw error;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> slowToEnd() {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(5)));
            trace.add("ended");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failingInItsCleanUp(RuntimeException failure) {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError error) {
            await(sleep(ofSeconds(1)));
            throw failure;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> swallowing() {
        try {
            return sleep(ofSeconds(9), "in time");
        } catch (CancelledError error) {
            return Coroutine.of("swallowed");
        }
    }
}
