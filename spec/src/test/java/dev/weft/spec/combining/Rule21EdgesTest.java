package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.WaitResult;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 21 at the edges: cancelled before, during and after, without time, and in large numbers. */
class Rule21EdgesTest {
    @Test
    void aShieldThatIsCancelledBeforeTheFirstStepOfItsCoroutineLetsTheCoroutineRun() {
        List<String> log = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    Deferred<Void> shielded =
                            shield(
                                    Coroutine.from(
                                            () -> {
                                                log.add("ran");
                                                return Coroutine.done();
                                            }));
                    shielded.cancel("enough");
                    assertThat(shielded.cancelled()).isTrue();
                    await(iterations(2));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("ran");
    }

    @Test
    void cancellingOneOfTwoShieldsLeavesTheOtherAndTheInnerPromise() {
        VirtualTime.run(
                () -> {
                    Promise<String> inner = new Promise<>();
                    Deferred<String> first = shield(inner);
                    Deferred<String> second = shield(inner);
                    first.cancel();
                    inner.complete("value");
                    assertThat(await(second)).isEqualTo("value");
                    assertThat(first.cancelled()).isTrue();
                    assertThat(inner.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldOfAShieldProtectsTheInnerTask() {
        VirtualTime.run(
                () -> {
                    Task<String> inner = Task.create(sleep(ofSeconds(1), "value"));
                    Deferred<String> outer = shield(shield(inner));
                    await(iterations(1));
                    outer.cancel("enough");
                    assertThat(await(thrownBy(outer)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(await(inner)).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldOfACancelledTaskIsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<String> inner = Task.create(sleep(ofSeconds(1), "value"));
                    inner.cancel("before");
                    await(iterations(2));
                    assertThat(await(thrownBy(shield(inner))))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("before");
                    return Coroutine.done();
                });
    }

    @Test
    void waitUntilWithALimitOfZeroOrLessReturnsWhatIsDone() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> pending = new Promise<>();
                    Promise<Integer> done = new Promise<>();
                    done.complete(1);
                    for (Duration limit : List.of(ZERO, ofSeconds(-1))) {
                        WaitResult<Integer> result =
                                await(
                                        waitUntil(
                                                ReturnWhen.ALL_COMPLETED,
                                                limit,
                                                List.of(pending, done)));
                        assertThat(result.done()).containsExactly(done);
                        assertThat(result.pending()).containsExactly(pending);
                    }
                    assertThat(elapsed()).isEqualTo(ZERO);
                    assertThat(pending.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aLimitThatIsTooLargeForNanosecondsNeverExpires() {
        VirtualTime.run(
                () -> {
                    Task<Integer> slow = Task.create(sleep(Duration.ofDays(10_000), 1));
                    WaitResult<Integer> result =
                            await(
                                    waitUntil(
                                            ReturnWhen.ALL_COMPLETED,
                                            ofSeconds(Long.MAX_VALUE),
                                            List.of(slow)));
                    assertThat(result.pending()).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledBeforeItsFirstStepLeavesNothingBehind() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Task<WaitResult<Integer>> waiter =
                            Task.create(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(promise)));
                    waiter.cancel("enough");
                    assertThat(await(thrownBy(waiter))).isInstanceOf(CancelledError.class);
                    promise.complete(1);
                    await(iterations(2));
                    assertThat(waiter.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationInTheIterationInWhichTheWaitEndsStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Task<WaitResult<Integer>> waiter =
                            Task.create(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(promise)));
                    await(iterations(1));
                    promise.complete(1);
                    waiter.cancel("enough");
                    assertThat(await(thrownBy(waiter)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(promise.result()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    @Tag("slow")
    @Timeout(60)
    void waitUntilWaitsForAMillionPromises() {
        int million = 1_000_000;
        VirtualTime.run(
                () -> {
                    List<Promise<Integer>> promises = new ArrayList<>();
                    for (int i = 0; i < million; i++) {
                        promises.add(new Promise<>());
                    }
                    EventLoop.current()
                            .callLater(
                                    ofSeconds(1), () -> promises.forEach(each -> each.complete(1)));
                    assertThat(await(waitUntil(ReturnWhen.ALL_COMPLETED, promises)).done())
                            .hasSize(million);
                    return Coroutine.done();
                });
    }
}
