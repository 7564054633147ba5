package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Outcome;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 20 without cancellations. */
class Rule20GatherTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> trace = new ArrayList<>();

    @Test
    void gatherStartsEverythingAtOnceAndInOrder() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    Deferred<List<String>> gathered =
                            gather(child("a", 3), child("b", 2), child("c", 1));
                    steps.expect(1);
                    assertThat(trace).isEmpty();
                    assertThat(Task.all()).hasSize(4);
                    await(iterations(1));
                    assertThat(trace).containsExactly("a begins", "b begins", "c begins");
                    await(gathered);
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    steps.expect(2);
                    return Coroutine.done();
                });
        steps.assertFinished(2);
    }

    @Test
    void resultsComeInArgumentOrderWhicheverEndsFirst() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    promise.complete("promised");
                    Task<String> task = Task.create(child("task", 2));
                    assertThat(await(gather(child("slow", 3), task, promise, child("fast", 1))))
                            .containsExactly("slow", "task", "promised", "fast");
                    assertThat(await(gather(List.of(child("x", 2), child("y", 1)))))
                            .containsExactly("x", "y");
                    return Coroutine.done();
                });
    }

    @Test
    void gatherOfNothingIsDoneAtOnceWithAnEmptyList() {
        VirtualTime.run(
                () -> {
                    assertThat(gather(List.of()).done()).isTrue();
                    assertThat(await(gather(List.of()))).isEmpty();
                    assertThat(await(gatherOutcomes())).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void theSameAwaitableTwiceRunsOnce() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> coroutine = child("coroutine", 1);
                    Task<String> task = Task.create(child("task", 2));
                    assertThat(await(gather(coroutine, task, coroutine, task, coroutine)))
                            .containsExactly("coroutine", "task", "coroutine", "task", "coroutine");
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly("task begins", "coroutine begins", "coroutine ends", "task ends");
    }

    @Test
    void valuesMayBeNull() {
        VirtualTime.run(
                () -> {
                    assertThat(await(gather(Coroutine.done(), Coroutine.done())))
                            .containsExactly(null, null);
                    return Coroutine.done();
                });
    }

    @Test
    void theFirstFailureCompletesTheGatherAndTheOthersContinue() {
        VirtualTime.run(
                () -> {
                    Deferred<List<String>> gathered =
                            gather(child("slow", 3), failing("failure", 1), child("slower", 4));
                    assertThat(await(thrownBy(gathered))).hasMessage("failure");
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    assertThat(gathered.cancelled()).isFalse();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly("slow begins", "slower begins", "slow ends", "slower ends");
    }

    @Test
    void theFailureIsTheVeryExceptionOfTheChild() {
        VirtualTime.run(
                () -> {
                    RuntimeException failure = new IllegalStateException();
                    assertThat(await(thrownBy(gather(Coroutine.failed(failure)))))
                            .isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void laterFailuresAreReported() {
        program.run(
                () -> {
                    Deferred<List<String>> gathered =
                            gather(
                                    failing("first", 1),
                                    failing("in the same iteration", 1),
                                    failing("later", 2));
                    assertThat(await(thrownBy(gathered))).hasMessage("first");
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("in the same iteration", "later");
    }

    @Test
    void anUnseenFailureIsReportedOnceForTheGather() {
        program.run(
                () -> {
                    gather(failing("failure", 1));
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("failure");
    }

    @Test
    void gatherOutcomesGivesFailuresAndCancellationsAsValues() {
        VirtualTime.run(
                () -> {
                    Task<String> cancelled = Task.create(child("cancelled", 9));
                    Deferred<List<Outcome<String>>> gathered =
                            gatherOutcomes(child("value", 2), failing("failure", 1), cancelled);
                    await(iterations(1));
                    cancelled.cancel("enough");
                    List<Outcome<String>> outcomes = await(gathered);
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("value"));
                    assertThat(outcomes.get(1))
                            .isInstanceOfSatisfying(
                                    Outcome.Failure.class,
                                    failure ->
                                            assertThat(failure.exception()).hasMessage("failure"));
                    assertThat(outcomes.get(2)).isEqualTo(new Outcome.Cancelled<>("enough"));
                    return Coroutine.done();
                });
    }

    @Test
    void nothingIsStartedIfOneArgumentIsUnusable() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> good = child("good", 1);
                    Coroutine<String> closed = child("closed", 1);
                    closed.close();
                    assertThatThrownBy(() -> gather(good, closed))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> gather(good, null))
                            .isInstanceOf(NullPointerException.class);
                    assertThat(Task.all()).hasSize(1);
                    assertThat(await(good)).isEqualTo("good");
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<String> child(String name, int seconds) {
        trace.add(name + " begins");
        await(sleep(ofSeconds(seconds)));
        trace.add(name + " ends");
        return Coroutine.of(name);
    }

    @Async
    private static Coroutine<String> failing(String message, int seconds) {
        await(sleep(ofSeconds(seconds)));
        throw new IllegalStateException(message);
    }
}
