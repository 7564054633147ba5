package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 18 when the value arrives in the same nanosecond as the expiry, after one second. */
class Rule18TimeoutTiesTest {
    @Test
    void aPromiseCompletedJustBeforeTheExpiryWins() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = completedAfterASecond();
                    assertThat(await(timeout(ofSeconds(1), promise))).isEqualTo("value");
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });
    }

    @Test
    void aPromiseCompletedJustAfterTheExpiryLoses() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    boolean[] accepted = {true};
                    Task.create(
                            () -> {
                                EventLoop.current()
                                        .callLater(
                                                ofSeconds(1),
                                                () -> accepted[0] = promise.complete("value"));
                                return Coroutine.done();
                            });
                    assertThat(await(thrownBy(timeout(ofSeconds(1), promise))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(promise.cancelled()).isTrue();
                    await(iterations(1));
                    assertThat(accepted[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskWhoseWakeUpIsQueuedHasNoValueYetAndLoses() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = completedAfterASecond();
                    Task<String> task = Task.create(() -> Coroutine.of(await(promise)));
                    await(iterations(1));
                    assertThat(await(thrownBy(timeout(ofSeconds(1), task))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(promise.result()).isEqualTo("value");
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aCoroutineWhoseWakeUpIsQueuedWinsIfItReturnsWithoutASuspension() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = completedAfterASecond();
                    Coroutine<String> body =
                            Coroutine.from(
                                    () -> {
                                        String value = await(promise);
                                        await(Coroutine.done());
                                        return Coroutine.of(value + " and more");
                                    });
                    assertThat(await(timeout(ofSeconds(1), body))).isEqualTo("value and more");
                    await(sleep(ofSeconds(5)));
                    return Coroutine.done();
                });
    }

    @Test
    void aCoroutineWhoseWakeUpIsQueuedIsCancelledAtItsNextRealSuspension() {
        for (Coroutine<?> suspension :
                new Coroutine<?>[] {
                    sleep(ZERO), sleep(ofSeconds(9)), sleep(ofSeconds(Long.MAX_VALUE)), pending()
                }) {
            VirtualTime.run(
                    () -> {
                        Promise<String> promise = completedAfterASecond();
                        String[] got = {null};
                        Coroutine<String> body =
                                Coroutine.from(
                                        () -> {
                                            got[0] = await(promise);
                                            await(Coroutine.done());
                                            await(suspension);
                                            throw new AssertionError("went on");
                                        });
                        Throwable thrown = await(thrownBy(timeout(ofSeconds(1), body)));
                        assertThat(thrown)
                                .isInstanceOf(TimeoutException.class)
                                .hasCauseInstanceOf(CancelledError.class);
                        assertThat(got[0]).isEqualTo("value");
                        assertThat(elapsed()).isEqualTo(ofSeconds(1));
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void aHeldExpiryIsDroppedWhenTheBodyReturns() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = completedAfterASecond();
                    await(timeout(ofSeconds(1), Coroutine.from(() -> handingOn(promise))));
                    await(iterations(2));
                    await(sleep(ofSeconds(5)));
                    await(timeout(ofSeconds(5), sleep(ofSeconds(1))));
                    assertThat(elapsed()).isEqualTo(ofSeconds(7));
                    return Coroutine.done();
                });
    }

    @Test
    void aSleepAsLongAsTheLimitLoses() {
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(timeout(ofSeconds(1), sleep(ofSeconds(1), 1)))))
                            .isInstanceOf(TimeoutException.class);
                    Task<Integer> task = Task.create(sleep(ofSeconds(1), 1));
                    assertThat(await(thrownBy(timeout(ofSeconds(1), task))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });
    }

    @Test
    void aLockGrantedJustBeforeTheExpiryIsHeld() {
        VirtualTime.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    await(lock.acquire());
                    EventLoop.current().callLater(ofSeconds(1), lock::release);
                    await(timeout(ofSeconds(1), lock.acquire()));
                    assertThat(lock.locked()).isTrue();
                    lock.release();
                    return Coroutine.done();
                });
    }

    @Test
    void aLockReleasedJustAfterTheExpiryIsNotHeld() {
        VirtualTime.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    await(lock.acquire());
                    Task.create(
                            () -> {
                                EventLoop.current().callLater(ofSeconds(1), lock::release);
                                return Coroutine.done();
                            });
                    assertThat(await(thrownBy(timeout(ofSeconds(1), lock.acquire()))))
                            .isInstanceOf(TimeoutException.class);
                    await(iterations(1));
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    @Timeout(60)
    void aBodyThatOnlySleepsZeroIsCancelled() {
        Weft.run(
                () -> {
                    long begun = EventLoop.current().time();
                    assertThat(await(thrownBy(timeout(ofMillis(5), yielding()))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(EventLoop.current().time() - begun)
                            .isGreaterThanOrEqualTo(5_000_000);
                    return Coroutine.done();
                });
    }

    @Test
    @Timeout(60)
    void aTaskThatOnlySleepsZeroIsCancelled() {
        Weft.run(
                () -> {
                    Task<Void> task = Task.create(yielding());
                    assertThat(await(thrownBy(timeout(ofMillis(5), task))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    private static Promise<String> completedAfterASecond() {
        Promise<String> promise = new Promise<>();
        EventLoop.current().callLater(ofSeconds(1), () -> promise.complete("value"));
        return promise;
    }

    private static Coroutine<String> pending() {
        return Coroutine.from(() -> Coroutine.of(await(new Promise<String>())));
    }

    @Async
    private static Coroutine<String> handingOn(Promise<String> promise) {
        return Coroutine.of(await(promise));
    }

    @Async
    private static Coroutine<Void> yielding() {
        while (true) {
            await(sleep(ZERO));
        }
    }
}
