package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rule 5: the order in which awaiters and done-callbacks are served. */
class Rule05WakingOrderTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void awaitersAndCallbacksAreServedInRegistrationOrder() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.addDoneCallback(traced("callback 1"));
                    Task.create(awaiting("awaiter 2", promise));
                    await(iterations(1));
                    promise.addDoneCallback(traced("callback 3"));
                    promise.addDoneCallback(traced("callback 4"));
                    Task.create(awaiting("awaiter 5", promise));
                    Task.create(awaiting("awaiter 6", promise));
                    await(iterations(1));
                    promise.addDoneCallback(traced("callback 7"));
                    promise.complete(1);
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "callback 1",
                        "awaiter 2",
                        "callback 3",
                        "callback 4",
                        "awaiter 5",
                        "awaiter 6",
                        "callback 7");
    }

    @Test
    void theOrderIsTheSameWhenATaskSucceedsFailsOrIsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Integer> succeeds = Task.create(endsAfterASecond(null));
                    Task<Integer> fails =
                            Task.create(endsAfterASecond(new IllegalStateException()));
                    Task<Integer> cancelled = Task.create(endsAfterASecond(null));
                    for (Task<Integer> task : List.of(succeeds, fails, cancelled)) {
                        task.addDoneCallback(traced("callback"));
                        Task.create(awaiting("awaiter", task));
                    }
                    await(iterations(2));
                    for (Task<Integer> task : List.of(succeeds, fails, cancelled)) {
                        task.addDoneCallback(traced("late callback"));
                    }
                    cancelled.cancel();
                    await(iterations(2));
                    assertThat(trace).containsExactly("callback", "awaiter", "late callback");
                    trace.clear();
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "callback",
                        "awaiter",
                        "late callback",
                        "callback",
                        "awaiter",
                        "late callback");
    }

    @Test
    void completingNeverRunsAnythingInline() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<String> promise = new Promise<>();
                    Task<Void> awaiter =
                            Task.create(
                                    () -> {
                                        steps.expect(1);
                                        assertThat(await(promise)).isEqualTo("value");
                                        steps.expect(6);
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    promise.addDoneCallback(done -> steps.expect(7));
                    loop.callSoon(() -> steps.expect(5));
                    steps.expect(2);
                    assertThat(promise.complete("value")).isTrue();
                    steps.expect(3);
                    assertThat(promise.complete("another")).isFalse();
                    loop.callSoon(() -> steps.expect(8));
                    steps.expect(4);
                    await(awaiter);
                    steps.expect(9);
                    return Coroutine.done();
                });
        steps.assertFinished(9);
    }

    @Test
    void aCallbackOnSomethingDoneRunsInTheNextIteration() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<String> promise = new Promise<>();
                    promise.complete("value");
                    loop.callSoon(
                            () -> {
                                steps.expect(2);
                                promise.addDoneCallback(done -> steps.expect(5));
                                loop.callSoon(() -> steps.expect(6));
                                steps.expect(3);
                            });
                    loop.callSoon(() -> steps.expect(4));
                    steps.expect(1);
                    await(iterations(3));
                    return Coroutine.done();
                });
        steps.assertFinished(6);
    }

    @Test
    void awaitersAndCallbacksOfATaskRunInTheIterationAfterItsEnd() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        steps.expect(1);
                                        loop.callSoon(() -> steps.expect(3));
                                        return Coroutine.done();
                                    });
                    task.addDoneCallback(
                            done -> {
                                assertThat(done.done()).isTrue();
                                steps.expect(4);
                            });
                    loop.callSoon(() -> steps.expect(2));
                    await(task);
                    steps.expect(5);
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    @Test
    void aCallbackThatACallbackAddsRunsInTheNextIteration() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    promise.addDoneCallback(
                            done -> {
                                steps.expect(1);
                                done.addDoneCallback(again -> steps.expect(3));
                            });
                    promise.addDoneCallback(done -> steps.expect(2));
                    promise.complete("value");
                    await(iterations(2));
                    return Coroutine.done();
                });
        steps.assertFinished(3);
    }

    @Test
    void aCallbackReceivesTheDeferredThatHasEnded() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    List<Deferred<String>> given = new ArrayList<>();
                    promise.addDoneCallback(given::add);
                    promise.complete("value");
                    assertThat(given).isEmpty();
                    await(iterations(1));
                    assertThat(given).containsExactly(promise);
                    return Coroutine.done();
                });
    }

    @Test
    void removeDoneCallbackRemovesEveryEqualCallbackAndKeepsTheOrderOfTheOthers() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Consumer<Deferred<Integer>> removed = traced("removed");
                    promise.addDoneCallback(removed);
                    promise.addDoneCallback(traced("a"));
                    Task.create(awaiting("b", promise));
                    await(iterations(1));
                    promise.addDoneCallback(removed);
                    promise.addDoneCallback(traced("c"));
                    promise.addDoneCallback(removed);
                    assertThat(promise.removeDoneCallback(removed)).isEqualTo(3);
                    assertThat(promise.removeDoneCallback(removed)).isZero();
                    promise.addDoneCallback(traced("d"));
                    promise.complete(1);
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d");
    }

    @Test
    void callbacksCanBeAddedAfterTheOnlyOneWasRemoved() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Consumer<Deferred<Integer>> removed = traced("removed");
                    promise.addDoneCallback(removed);
                    assertThat(promise.removeDoneCallback(removed)).isEqualTo(1);
                    promise.addDoneCallback(traced("a"));
                    promise.complete(1);
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a");
    }

    @Test
    void gatherAndShieldAreServedInRegistrationOrderToo() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.addDoneCallback(traced("callback 1"));
                    Deferred<List<Integer>> gathered = Weft.gather(promise);
                    Deferred<Integer> shielded = Weft.shield(promise);
                    promise.addDoneCallback(
                            done ->
                                    trace.add(
                                            "callback 2: "
                                                    + gathered.done()
                                                    + " "
                                                    + shielded.done()));
                    gathered.addDoneCallback(done -> trace.add("gathered"));
                    shielded.addDoneCallback(done -> trace.add("shielded"));
                    promise.complete(1);
                    assertThat(gathered.done() || shielded.done()).isFalse();
                    await(iterations(1));
                    trace.add("the turn after");
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "callback 1",
                        "callback 2: true true",
                        "the turn after",
                        "gathered",
                        "shielded");
    }

    @Test
    @SuppressWarnings("weft:blocking-call") // the other thread ends at once
    void awaitersRegisteredBeforeACompletionByAnotherThreadComeBeforeLaterOnes() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.addDoneCallback(traced("a"));
                    Task.create(awaiting("b", promise));
                    await(iterations(1));
                    Thread thread = new Thread(() -> promise.complete(1));
                    thread.start();
                    thread.join();
                    assertThat(promise.done()).isTrue();
                    promise.addDoneCallback(traced("c"));
                    assertThat(trace).isEmpty();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c");
    }

    private static <T> Consumer<Deferred<T>> tracing(List<String> trace, String text) {
        return done -> trace.add(text);
    }

    private Consumer<Deferred<Integer>> traced(String text) {
        return tracing(trace, text);
    }

    @Async
    private Coroutine<Void> awaiting(String text, Deferred<Integer> deferred) {
        try {
            await(deferred);
        } catch (Throwable thrown) {
            assertThat(deferred.done()).isTrue();
        }
        trace.add(text);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> endsAfterASecond(RuntimeException failure) {
        await(sleep(ofSeconds(1)));
        await(sleep(ZERO));
        if (failure != null) {
            throw failure;
        }
        return Coroutine.of(1);
    }
}
