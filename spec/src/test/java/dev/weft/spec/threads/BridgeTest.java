package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 32 and 33: the bridges to and from {@link CompletableFuture}. */
@Timeout(30)
class BridgeTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void anAwaitedStageGivesItsValueWhetherDoneOrPendingOrNull() {
        program.run(
                () -> {
                    assertThat(await(CompletableFuture.completedFuture(1))).isEqualTo(1);
                    assertThat(await(CompletableFuture.<Integer>completedFuture(null))).isNull();
                    assertThat(await(CompletableFuture.supplyAsync(() -> 2))).isEqualTo(2);
                    CompletionStage<Integer> minimal =
                            CompletableFuture.supplyAsync(() -> 3).minimalCompletionStage();
                    assertThat(await(minimal)).isEqualTo(3);
                    return Coroutine.done();
                });
    }

    @Test
    void theFailureOfAStageIsUnwrappedAndTheSameObject() {
        IOException failure = new IOException("boom");
        program.run(
                () -> {
                    CompletableFuture<Void> failed = CompletableFuture.failedFuture(failure);
                    assertThat(await(thrownBy(Deferred.from(failed)))).isSameAs(failure);
                    CompletionStage<Void> derived = failed.thenRun(() -> {});
                    assertThat(await(thrownBy(Deferred.from(derived)))).isSameAs(failure);
                    CompletableFuture<Void> later = new CompletableFuture<>();
                    Task<Void> awaiter = Task.create(() -> awaits(later));
                    await(sleep(ZERO));
                    await(
                            blocking(
                                    () ->
                                            later.completeExceptionally(
                                                    new CompletionException(failure))));
                    assertThat(await(thrownBy(awaiter))).isSameAs(failure);
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aStageThatItsOwnerCancelledGivesItsAwaiterACancelledError() {
        program.run(
                () -> {
                    CompletableFuture<Void> stage = new CompletableFuture<>();
                    Task<Void> awaiter = Task.create(() -> awaits(stage));
                    await(sleep(ZERO));
                    await(blocking(() -> stage.cancel(true)));
                    assertThat(await(thrownBy(awaiter))).isInstanceOf(CancelledError.class);
                    assertThat(awaiter.cancelled()).isTrue();
                    assertThat(awaiter.cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingTheTaskCancelsTheStageThatItAwaits() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        program.run(
                () -> {
                    Task<Void> awaiter = Task.create(() -> awaits(stage));
                    await(sleep(ZERO));
                    awaiter.cancel("why");
                    assertThat(await(thrownBy(awaiter)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("why");
                    return Coroutine.done();
                });
        assertThat(stage).isCancelled();
    }

    @Test
    void aFutureEndsWithTheOutcomeOfItsTask() {
        IOException failure = new IOException("boom");
        program.run(
                () -> {
                    Task<Integer> value = Task.create(() -> sleep(ofSeconds(1), 7));
                    Task<Integer> failed = Task.create(() -> Coroutine.failed(failure));
                    Task<Integer> cancelled = Task.create(() -> sleep(ofDays(1), 7));
                    CompletableFuture<Integer> one = value.toCompletableFuture();
                    CompletableFuture<Integer> two = failed.toCompletableFuture();
                    CompletableFuture<Integer> three = cancelled.toCompletableFuture();
                    cancelled.cancel();
                    await(
                            blocking(
                                    () -> {
                                        assertThat(catchThrowable(two::get))
                                                .isInstanceOf(ExecutionException.class)
                                                .cause()
                                                .isSameAs(failure);
                                        assertThat(catchThrowable(three::get))
                                                .isInstanceOf(CancellationException.class);
                                        return 1;
                                    }));
                    await(sleep(ofSeconds(2)));
                    assertThat(one.getNow(0)).isEqualTo(7);
                    assertThat(value.toCompletableFuture().getNow(0)).isEqualTo(7);
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void cancellingTheFutureOnAnyThreadCancelsTheTask() {
        program.run(
                () -> {
                    Task<Void> task = Task.create(() -> sleep(ofDays(1)));
                    CompletableFuture<Void> future = task.toCompletableFuture();
                    await(blocking(() -> future.cancel(false)));
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);

                    Promise<Void> promise = new Promise<>();
                    promise.toCompletableFuture().cancel(true);
                    assertThat(await(thrownBy(promise))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void dependentsOfAFutureAreOrdinaryFutures() {
        program.run(
                () -> {
                    Task<Integer> task = Task.create(() -> sleep(ofSeconds(1), 7));
                    CompletableFuture<Integer> twice =
                            task.toCompletableFuture().thenApply(x -> 2 * x);
                    assertThat(task.toCompletableFuture()).hasToString("future of " + task);
                    CompletableFuture<Integer> dropped = task.toCompletableFuture().copy();
                    dropped.cancel(true);
                    // Slept here: virtual time stands still while a stage is awaited.
                    await(sleep(ofSeconds(2)));
                    assertThat(await(twice)).isEqualTo(14);
                    assertThat(task.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void submitGivesTheResultToTheOtherThread() {
        IOException failure = new IOException("boom");
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    await(
                            blocking(
                                    () -> {
                                        assertThat(loop.submit(() -> sleep(ofSeconds(0), 7)).join())
                                                .isEqualTo(7);
                                        CompletableFuture<Void> failed =
                                                loop.submit(() -> Coroutine.failed(failure));
                                        assertThat(catchThrowable(failed::get))
                                                .cause()
                                                .isSameAs(failure);
                                        return 1;
                                    }));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void cancellingASubmissionCancelsItsTaskOrKeepsItFromStarting() {
        boolean[] begun = {false};
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<Throwable> seen = new Promise<>();
                    CompletableFuture<Void> running = loop.submit(() -> tells(seen));
                    CompletableFuture<Void> early =
                            loop.submit(
                                    () -> {
                                        begun[0] = true;
                                        return Coroutine.done();
                                    });
                    early.cancel(true);
                    await(sleep(ofSeconds(1)));
                    running.cancel(true);
                    assertThat(await(seen)).isInstanceOf(CancelledError.class);
                    assertThat(begun[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> tells(Promise<Throwable> seen) {
        seen.complete(await(thrownBy(sleep(ofDays(1)))));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaits(CompletionStage<Void> stage) {
        await(stage);
        return Coroutine.done();
    }

    @Test
    void dependentsOfASubmissionAreOrdinaryFutures() {
        CompletableFuture<Integer> dependent =
                program.run(
                        () -> {
                            CompletableFuture<Integer> one =
                                    EventLoop.current().submit(() -> Coroutine.of(1));
                            CompletableFuture<Integer> two = one.thenApply(value -> value + 1);
                            assertThat(await(one)).isEqualTo(1);
                            return Coroutine.of(two);
                        });
        assertThat(dependent.getClass()).isEqualTo(CompletableFuture.class);
        assertThat(dependent).isCompletedWithValue(2);
    }

    @Test
    void aStageWithoutAFutureCanBeAwaitedAndItsViewCancelled() {
        CompletableFuture<String> hidden = new CompletableFuture<>();
        program.run(
                () -> {
                    Deferred<String> view = Deferred.from(withoutFuture(hidden));
                    Task<String> task = Task.create(() -> Coroutine.of(await(view)));
                    await(sleep(ZERO));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(view.cancelled()).isTrue();
                    return Coroutine.done();
                });
        assertThat(hidden.isDone()).isFalse();
    }

    /** Returns a view of {@code stage} that has no future, as the interface allows. */
    @SuppressWarnings("unchecked")
    private static <T> CompletionStage<T> withoutFuture(CompletionStage<T> stage) {
        return (CompletionStage<T>)
                Proxy.newProxyInstance(
                        BridgeTest.class.getClassLoader(),
                        new Class<?>[] {CompletionStage.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("toCompletableFuture")) {
                                throw new UnsupportedOperationException();
                            }
                            return method.invoke(stage, arguments);
                        });
    }
}
