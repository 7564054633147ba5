package dev.weft.spec.combining;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncIterator;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Rule 22: asCompleted. */
class Rule22AsCompletedTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void asCompletedYieldsEachResultWhenItIsDone() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(
                                    List.of(
                                            sleep(ofSeconds(3), "c"),
                                            sleep(ofSeconds(1), "a"),
                                            sleep(ofSeconds(2), "b")));
                    while (await(completed.hasNext())) {
                        Deferred<String> next = completed.next();
                        assertThat(next.done()).isTrue();
                        trace.add(next.result() + " at " + elapsed().toSeconds() + " s");
                    }
                    assertThat(await(completed.hasNext())).isFalse();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a at 1 s", "b at 2 s", "c at 3 s");
    }

    @Test
    void readyMadeCoroutinesThatShareOneObjectAreYieldedOnceEach() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<Void>> completed =
                            asCompleted(List.of(Coroutine.done(), Coroutine.done(), sleep(ZERO)));
                    for (int i = 0; i < 3; i++) {
                        assertThat(await(completed.hasNext())).isTrue();
                        completed.next();
                    }
                    assertThat(await(completed.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void resultsThatWereNotAskedForAreKeptInCompletionOrder() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(
                                    List.of(
                                            sleep(ofSeconds(3), "d"),
                                            sleep(ofSeconds(1), "a"),
                                            sleep(ofSeconds(2), "b"),
                                            sleep(ofSeconds(2), "c")));
                    await(sleep(ofSeconds(9)));
                    while (await(completed.hasNext())) {
                        trace.add(completed.next().result());
                    }
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d");
    }

    @Test
    void hasNextMayBeAskedTwice() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(
                                    List.of(sleep(ofSeconds(1), "a"), sleep(ofSeconds(2), "b")));
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    assertThat(completed.next().result()).isEqualTo("a");
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(completed.next().result()).isEqualTo("b");
                    assertThat(await(completed.hasNext())).isFalse();
                    assertThat(await(completed.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void nextWithoutHasNextIsRefusedEvenIfAResultIsReady() {
        VirtualTime.run(
                () -> {
                    Promise<String> a = new Promise<>();
                    Promise<String> b = new Promise<>();
                    a.complete("a");
                    b.complete("b");
                    AsyncIterator<Deferred<String>> completed = asCompleted(List.of(a, b));
                    await(iterations(2));
                    assertRefused(completed);
                    completed.hasNext().close();
                    assertRefused(completed);
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(completed.next()).isSameAs(a);
                    assertRefused(completed);
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(completed.next()).isSameAs(b);
                    assertThat(await(completed.hasNext())).isFalse();
                    assertRefused(completed);
                    return Coroutine.done();
                });
    }

    @Test
    void asCompletedStartsEverythingAtOnceAndTheSameAwaitableOnce() {
        VirtualTime.run(
                () -> {
                    Coroutine<String> coroutine = sleep(ofSeconds(1), "a");
                    Task<String> task = Task.create(sleep(ofSeconds(2), "b"));
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(List.of(coroutine, task, coroutine, task));
                    assertThat(Task.all()).hasSize(3);
                    while (await(completed.hasNext())) {
                        trace.add(completed.next().result());
                    }
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b");
    }

    @Test
    void failuresAndCancellationsAreYieldedLikeValues() {
        VirtualTime.run(
                () -> {
                    Task<String> cancelled = Task.create(sleep(ofSeconds(9), "never"));
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(
                                    List.of(
                                            Coroutine.<String>failed(new IllegalStateException()),
                                            cancelled));
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(completed.next().exception())
                            .isInstanceOf(IllegalStateException.class);
                    cancelled.cancel();
                    assertThat(await(completed.hasNext())).isTrue();
                    assertThat(completed.next()).isSameAs(cancelled);
                    return Coroutine.done();
                });
    }

    @Test
    void asCompletedOfNothingHasNoNext() {
        VirtualTime.run(
                () -> {
                    assertThat(await(asCompleted(List.<Promise<String>>of()).hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingOneCallOfHasNextCancelsNothingElse() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<String>> completed =
                            asCompleted(List.of(sleep(ofSeconds(1), "a")));
                    Task<Boolean> first = Task.create(completed.hasNext());
                    Task<Boolean> second = Task.create(completed.hasNext());
                    await(iterations(1));
                    first.cancel();
                    assertThat(await(thrownBy(first))).isInstanceOf(CancelledError.class);
                    assertThat(await(second)).isTrue();
                    assertThat(completed.next().result()).isEqualTo("a");
                    return Coroutine.done();
                });
    }

    private static void assertRefused(AsyncIterator<?> iterator) {
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
}
