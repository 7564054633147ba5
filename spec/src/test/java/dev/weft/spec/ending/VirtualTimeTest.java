package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Threads.hasParked;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Source;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 30: virtual time stands still, jumps, or detects a deadlock. */
@Timeout(20)
class VirtualTimeTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void timeJumpsToTheNextTimerAndNoFurther() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    assertThat(loop.time()).isZero();
                    await(sleep(ofNanos(1)));
                    assertThat(loop.time()).isEqualTo(1);
                    await(sleep(ofDays(36_500)));
                    assertThat(loop.time()).isEqualTo(1 + ofDays(36_500).toNanos());
                    return Coroutine.done();
                });
    }

    @Test
    void timeStandsStillWhileAnythingCanRun() {
        program.run(
                () -> {
                    boolean[] fired = {false};
                    EventLoop.current().callLater(ofNanos(1), () -> fired[0] = true);
                    for (int i = 0; i < 10_000; i++) {
                        await(sleep(ZERO));
                    }
                    assertThat(fired[0]).isFalse();
                    assertThat(EventLoop.current().time()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void timeStandsStillWhileBlockingWorkRuns() {
        program.run(
                () -> {
                    boolean[] fired = {false};
                    EventLoop.current().callLater(ofNanos(1), () -> fired[0] = true);
                    Thread loop = Thread.currentThread();
                    // By now a wrong loop would have fired the timer. The right one parks.
                    assertThat(await(blocking(() -> hasParked(loop)))).isTrue();
                    assertThat(fired[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void timeStandsStillWhileAStageIsAwaited() {
        program.run(
                () -> {
                    boolean[] fired = {false};
                    EventLoop.current().callLater(ofNanos(1), () -> fired[0] = true);
                    Thread loop = Thread.currentThread();
                    assertThat(await(CompletableFuture.supplyAsync(() -> hasParked(loop))))
                            .isTrue();
                    assertThat(fired[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aStageThatIsNoLongerAwaitedDoesNotHoldUpTime() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        program.run(
                () -> {
                    Deferred<Void> view = Deferred.from(never);
                    Task<Void> done = Task.create(() -> Coroutine.done());
                    await(waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(view, done)));
                    await(sleep(ofSeconds(1)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });
        assertThat(never).isNotDone();
    }

    @Test
    void aStageThatIsNotAwaitedDoesNotHoldUpTime() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        program.run(
                () -> {
                    Deferred<Void> view = Deferred.from(never);
                    await(sleep(ofSeconds(1)));
                    assertThat(view.done()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aStageWhoseAwaiterWasCancelledDoesNotHoldUpTime() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        program.run(
                () -> {
                    Task<Void> awaiter = Task.create(() -> awaits(Deferred.from(never)));
                    await(sleep(ZERO));
                    awaiter.cancel();
                    await(sleep(ofSeconds(1)));
                    assertThat(awaiter.cancelled()).isTrue();
                    return Coroutine.done();
                });
        assertThat(never).isCancelled();
    }

    @Test
    void aStageWhoseCallbackShieldOrGatherHasLeftDoesNotHoldUpTime() {
        program.run(
                () -> {
                    Deferred<Void> view = Deferred.from(new CompletableFuture<>());
                    Consumer<Deferred<Void>> callback = done -> {};
                    view.addDoneCallback(callback);
                    assertThat(view.removeDoneCallback(callback)).isEqualTo(1);

                    Task<Void> shielding = Task.create(() -> awaits(shield(view)));
                    await(sleep(ZERO));
                    shielding.cancel();

                    Deferred<?> gathered =
                            gather(view, Coroutine.failed(new RuntimeException("failed")));
                    assertThat(await(thrownBy(gathered))).hasMessage("failed");

                    await(sleep(ofSeconds(1)));
                    assertThat(view.done()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aDeadlockNamesEverySuspendedTaskWithItsStack() {
        assertThat(program.failureOf(() -> deadlock()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("Task-1")
                .hasMessageContaining(".deadlock" + placeOf("where main is suspended"))
                .hasMessageContaining("task left")
                .hasMessageContaining("task right")
                .hasMessageContaining(".outer" + placeOf("where left is suspended"))
                .hasMessageContaining(".awaits" + placeOf("where both tasks are suspended"));
    }

    /** Returns the place of the line with {@code comment} in the format of a stack trace. */
    private static String placeOf(String comment) {
        return "(VirtualTimeTest.java:" + Source.lineOf(VirtualTimeTest.class, comment) + ")";
    }

    @Async
    private static Coroutine<Void> deadlock() {
        Promise<Void> never = new Promise<>();
        Task<Void> left = Task.create("left", () -> outer(never));
        Task<Void> right = Task.create("right", () -> awaits(left));
        await(gather(left, right)); // where main is suspended
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> outer(Promise<Void> never) {
        await(awaits(never)); // where left is suspended
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaits(Deferred<Void> deferred) {
        await(deferred); // where both tasks are suspended
        return Coroutine.done();
    }

    @Test
    void anEndlessSleepIsADeadlockToo() {
        assertThat(program.failureOf(() -> sleep(ofSeconds(Long.MAX_VALUE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deadlock");
    }

    @Test
    void theDeadlockOfANestedRunIsThrownByRunNested() {
        program.run(
                () -> {
                    Promise<Void> never = new Promise<>();
                    Throwable thrown = catchThrowable(() -> runNested(awaits(never)));
                    assertThat(thrown)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("deadlock")
                            .hasMessageContaining(".awaits(");
                    await(sleep(ofSeconds(1))); // the outer task continues
                    return Coroutine.done();
                });
    }

    @Test
    void aRunnerCanRunAgainAfterADeadlock() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Promise<String> promise = new Promise<>(runner.loop());
            Task<?>[] stuck = new Task<?>[1];
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () -> {
                                                stuck[0] = Task.current();
                                                return Coroutine.of(await(promise));
                                            }))
                    .hasMessageContaining("deadlock");
            promise.complete("completed later");
            runner.run(sleep(ofSeconds(1)));
            assertThat(stuck[0].result()).isEqualTo("completed later");
        }
    }
}
