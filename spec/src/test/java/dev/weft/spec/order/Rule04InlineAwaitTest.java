package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rule 4: an await runs inline and suspends only if it must. */
class Rule04InlineAwaitTest {
    @Test
    void aCoroutineThatDoesNotSuspendNeverTouchesTheLoop() {
        assertNeverSuspends(
                () -> {
                    Task<?> caller = Task.current();
                    Steps steps = new Steps();
                    steps.expect(1);
                    int sum = await(addedUp(10, steps, caller));
                    steps.expect(3);
                    assertThat(sum).isEqualTo(55);
                    steps.assertFinished(3);
                    return Coroutine.done();
                });
    }

    @Test
    void awaitsNestedDeeperThanTheJavaStackNeverTouchTheLoop() {
        assertNeverSuspends(
                () -> {
                    assertThat(await(depth(100_000))).isEqualTo(100_000);
                    return Coroutine.done();
                });
    }

    @Test
    void awaitingATaskThatIsDoneDoesNotSuspend() {
        VirtualTime.run(
                () -> {
                    Task<String> succeeded = Task.create(() -> Coroutine.of("value"));
                    Task<String> failed =
                            Task.create(() -> Coroutine.failed(new IllegalArgumentException()));
                    await(sleep(ofSeconds(1)));
                    boolean[] suspended = {false};
                    EventLoop.current().callSoon(() -> suspended[0] = true);
                    assertThat(await(succeeded)).isEqualTo("value");
                    assertThat(await(thrownBy(failed)))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThat(suspended[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void awaitingAPromiseOrAStageThatIsDoneDoesNotSuspend() {
        assertNeverSuspends(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.complete(1);
                    assertThat(await(promise)).isEqualTo(1);
                    assertThat(await(CompletableFuture.completedFuture(2))).isEqualTo(2);
                    assertThat(await(Weft.gather(List.of()))).isEmpty();
                    assertThat(await(Coroutine.of(3))).isEqualTo(3);
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitedCoroutineRunsAtOnceAndItsCallerSuspendsOnlyWhenItDoes() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop.current().callSoon(() -> steps.expect(3));
                    steps.expect(1);
                    await(
                            Coroutine.from(
                                    () -> {
                                        steps.expect(2);
                                        await(sleep(ZERO));
                                        steps.expect(4);
                                        return Coroutine.done();
                                    }));
                    steps.expect(5);
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    @Test
    void aCoroutineThatEndsAfterASuspensionContinuesItsCallerInTheSameStep() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    await(
                            Coroutine.from(
                                    () -> {
                                        await(sleep(ZERO));
                                        steps.expect(1);
                                        EventLoop.current().callSoon(() -> steps.expect(3));
                                        return Coroutine.done();
                                    }));
                    steps.expect(2);
                    await(sleep(ZERO));
                    steps.expect(4);
                    return Coroutine.done();
                });
        steps.assertFinished(4);
    }

    private static void assertNeverSuspends(AsyncCallable<Void> body) {
        VirtualTime.run(
                () -> {
                    boolean[] suspended = {false};
                    EventLoop.current().callSoon(() -> suspended[0] = true);
                    await(body.call());
                    assertThat(suspended[0]).as("the loop has run something else").isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Integer> addedUp(int upTo, Steps steps, Task<?> caller) {
        assertThat(Task.current()).isSameAs(caller);
        if (upTo == 0) {
            steps.expect(2);
            return Coroutine.of(0);
        }
        return Coroutine.of(upTo + await(addedUp(upTo - 1, steps, caller)));
    }

    @Async
    private static Coroutine<Integer> depth(int levels) {
        return Coroutine.of(levels == 0 ? 0 : 1 + await(depth(levels - 1)));
    }
}
