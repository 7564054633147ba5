package dev.weft.spec.docs;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Outcome;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.WaitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of docs/from-asyncio.md about several operations at once and about timeouts. */
class AsyncioWaitingTest {
    private static Coroutine<Integer> f() {
        return AsyncioTasksTest.f();
    }

    private static Coroutine<Integer> g() {
        return AsyncioTasksTest.g();
    }

    @Test
    void gatherReturnsAllValues() {
        Program.run(
                () -> {
                    List<Integer> both = await(gather(f(), g()));
                    assertThat(both).containsExactly(1, 2);

                    List<Outcome<Integer>> outcomes = await(gatherOutcomes(f(), g()));
                    assertThat(outcomes)
                            .containsExactly(new Outcome.Success<>(1), new Outcome.Success<>(2));
                    return Coroutine.done();
                });
    }

    @Test
    void aGroupEndsWithItsTasks() {
        Program.run(
                () -> {
                    int value = await(TaskGroup.scope(group -> bodyOf(group)));
                    assertThat(value).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Integer> bodyOf(TaskGroup group) {
        Task<Integer> child = group.create(f());
        group.create(sleep(ofDays(1)));
        int value = await(child);
        group.cancel();
        return Coroutine.of(value);
    }

    @Test
    void waitUntilReturnsWhatHasEnded() {
        Program.run(
                () -> {
                    List<Task<Integer>> tasks = List.of(Task.create(g()), Task.create(f()));
                    WaitResult<Integer> result =
                            await(waitUntil(ReturnWhen.FIRST_COMPLETED, tasks));
                    assertThat(result.done()).extracting(Deferred::result).isEqualTo(List.of(1));
                    assertThat(result.pending()).hasSize(1);
                    assertThat(
                                    await(waitUntil(ReturnWhen.ALL_COMPLETED, ofSeconds(5), tasks))
                                            .pending())
                            .isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void asCompletedYieldsTheQuickestFirst() {
        Program.run(
                () -> {
                    List<Integer> values = new ArrayList<>();
                    AsyncIterator<Deferred<Integer>> results = asCompleted(List.of(g(), f()));
                    assertThat(await(timeout(ofSeconds(5), results.hasNext()))).isTrue();
                    while (await(results.hasNext())) {
                        values.add(results.next().result());
                    }
                    assertThat(values).containsExactly(1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldedTaskContinues() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    Task<Integer> awaiter = Task.create(() -> Coroutine.of(await(shield(task))));
                    await(sleep(Duration.ZERO));
                    awaiter.cancel();
                    assertThat(await(task)).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutLimitsOneOperationOrSeveral() {
        Program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    long when = loop.time() + ofSeconds(9).toNanos();
                    assertThat(await(timeout(ofSeconds(5), f()))).isEqualTo(1);
                    assertThat(await(timeout(ofSeconds(5), () -> sumOf(f(), g())))).isEqualTo(3);
                    assertThat(await(timeout(Duration.ofNanos(when - loop.time()), f())))
                            .isEqualTo(1);
                    assertThat(await(timeoutOr(ofSeconds(5), f(), 0))).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Integer> sumOf(Coroutine<Integer> one, Coroutine<Integer> other) {
        return Coroutine.of(await(one) + await(other));
    }
}
