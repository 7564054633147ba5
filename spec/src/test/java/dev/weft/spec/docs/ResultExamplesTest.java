package dev.weft.spec.docs;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Outcome;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.WaitResult;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The examples for results and combinations of results. */
class ResultExamplesTest {
    private final List<String> log = new ArrayList<>();

    /** Returns the length of {@code text}, after one second for each letter. */
    @Async
    private static Coroutine<Integer> length(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no text");
        }
        await(sleep(ofSeconds(text.length())));
        return Coroutine.of(text.length());
    }

    @Test
    void theExampleOfDeferred() {
        CompletableFuture<String> future = CompletableFuture.completedFuture("pong");
        VirtualTime.run(
                () -> {
                    Deferred<String> reply = Deferred.from(future); // of an HTTP client
                    reply.addDoneCallback(done -> log.add("replied " + done.result()));
                    String text = await(timeout(ofSeconds(5), reply));
                    assertThat(text).isEqualTo("pong");
                    return iterations(1);
                });
        assertThat(log).containsExactly("replied pong");
    }

    /** Calls {@code answer} after one second. */
    private static void ask(String question, Consumer<String> answer) {
        EventLoop.current().callLater(ofSeconds(1), () -> answer.accept("about " + question));
    }

    @Async
    static Coroutine<String> answer(String question) {
        Promise<String> answer = new Promise<>();
        ask(question, answer::complete); // a callback, which may come from any thread
        return Coroutine.of(await(answer));
    }

    @Test
    void theExampleOfPromise() {
        assertThat(VirtualTime.<String>run(() -> answer("life"))).isEqualTo("about life");
    }

    @Test
    void theExampleOfOutcome() {
        VirtualTime.run(
                () -> {
                    for (Outcome<Integer> outcome :
                            await(gatherOutcomes(length("four"), length("")))) {
                        if (outcome instanceof Outcome.Success<Integer> success) {
                            log.add("is " + success.value());
                        } else if (outcome instanceof Outcome.Failure<Integer> failure) {
                            log.add("failed: " + failure.exception().getMessage());
                        }
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("is 4", "failed: no text");
    }

    @Async
    static Coroutine<Integer> quickest(List<Task<Integer>> tasks) {
        WaitResult<Integer> first = await(waitUntil(ReturnWhen.FIRST_COMPLETED, tasks));
        for (Deferred<Integer> slow : first.pending()) {
            slow.cancel();
        }
        return Coroutine.of(first.done().iterator().next().result());
    }

    @Test
    void theExampleOfWaitResult() {
        VirtualTime.run(
                () -> {
                    Task<Integer> two = Task.create(length("ab"));
                    Task<Integer> one = Task.create(length("a"));
                    assertThat(await(quickest(List.of(two, one)))).isEqualTo(1);
                    await(iterations(2));
                    assertThat(two.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void theExampleOfReturnWhen() {
        VirtualTime.run(
                () -> {
                    Task<Integer> one = Task.create(length("a"));
                    Task<Integer> nine = Task.create(length("ninechars"));
                    WaitResult<Integer> soFar =
                            await(
                                    waitUntil(
                                            ReturnWhen.ALL_COMPLETED,
                                            ofSeconds(5),
                                            List.of(one, nine)));
                    log.add(soFar.done().size() + " in time, " + soFar.pending().size() + " go on");
                    assertThat(await(nine)).isEqualTo(9);
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("1 in time, 1 go on");
    }

    @Test
    void theExampleOfAsyncIterator() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<Integer>> lengths =
                            asCompleted(List.of(length("long text"), length("text")));
                    while (await(lengths.hasNext())) {
                        log.add("length " + await(lengths.next())); // the quickest comes first
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("length 4", "length 9");
    }
}
