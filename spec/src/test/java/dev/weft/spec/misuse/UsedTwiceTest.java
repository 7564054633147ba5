package dev.weft.spec.misuse;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 38: coroutines used twice, tasks that await themselves, and calls outside a loop. */
class UsedTwiceTest {
    private static final List<String> LOG = new ArrayList<>();

    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** Every way to use a coroutine. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum Use {
        AWAIT(c -> Coroutine.of(await(c))),
        CREATE(c -> Coroutine.of(await(Task.create(c)))),
        GROUP(c -> TaskGroup.scope(group -> Coroutine.of(await(group.create(c))))),
        GATHER(c -> Coroutine.of(await(gather(c)))),
        SHIELD(c -> Coroutine.of(await(shield(c)))),
        TIMEOUT(c -> timeout(ofSeconds(5), c)),
        TIMEOUT_OVER(c -> timeout(ZERO, c)),
        NESTED(c -> Coroutine.of(runNested(c))),
        RETURN(c -> c),
        FROM(c -> Coroutine.from(() -> c)),
        WHERE(c -> TaskLocal.<String>create().where("", () -> c)),
        CLOSE(
                c -> {
                    c.close();
                    return Coroutine.done();
                });

        private final AsyncFunction<Coroutine<Void>, ?> action;

        <T> Use(AsyncFunction<Coroutine<Void>, T> action) {
            this.action = action;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCoroutineThatWasUsedCannotBeUsedAgain(Use first) {
        for (Use second : Use.values()) {
            if (second != Use.CLOSE) {
                LOG.clear();
                program.run(
                        () -> {
                            Coroutine<Void> coroutine = body();
                            await(thrownBy(Coroutine.from(() -> first.action.apply(coroutine))));
                            assertThat(
                                            await(
                                                    thrownBy(
                                                            Coroutine.from(
                                                                    () ->
                                                                            second.action.apply(
                                                                                    coroutine)))))
                                    .as("%s after %s", second, first)
                                    .isInstanceOf(IllegalStateException.class);
                            coroutine.close(); // harmless
                            return Coroutine.done();
                        });
                assertThat(LOG.size()).isLessThanOrEqualTo(1);
                assertThat(program.reports()).isEmpty();
            }
        }
    }

    @Async
    private static Coroutine<Void> body() {
        LOG.add("ran");
        await(sleep(ofSeconds(1)));
        return Coroutine.done();
    }

    @Test
    void runningTheSameCoroutineTwiceIsRefused() {
        Coroutine<Void> coroutine = sleep(ofSeconds(0), null);
        Weft.run(coroutine);
        assertThatThrownBy(() -> Weft.run(coroutine)).isInstanceOf(IllegalStateException.class);
        assertThat(Weft.run(() -> Coroutine.of(1))).isEqualTo(1);
    }

    @Test
    void aSuspendedCoroutineCannotBeAwaitedByAnotherTask() {
        program.run(
                () -> {
                    Coroutine<Void> coroutine = body();
                    Task<Void> first = Task.create(() -> awaits(coroutine));
                    await(sleep(ZERO));
                    assertThat(await(thrownBy(coroutine)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("twice");
                    await(first); // the first task is not disturbed
                    return Coroutine.done();
                });
    }

    @Test
    void gatherWithAUsedCoroutineStartsNothing() {
        program.run(
                () -> {
                    Coroutine<Void> used = body();
                    await(used);
                    Coroutine<Void> fresh = body();
                    assertThatThrownBy(() -> gather(fresh, used))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(Task.all()).hasSize(1);
                    await(fresh);
                    return Coroutine.done();
                });
    }

    @Test
    void readyMadeCoroutinesMayBeUsedAgain() {
        IOException failure = new IOException("ready-made");
        program.run(
                () -> {
                    Coroutine<Integer> value = Coroutine.of(7);
                    Coroutine<Void> done = Coroutine.done();
                    Coroutine<Void> failed = Coroutine.failed(failure);
                    for (int i = 0; i < 3; i++) {
                        assertThat(await(value)).isEqualTo(7);
                        assertThat(await(Task.create(value))).isEqualTo(7);
                        assertThat(await(gather(value, value))).containsExactly(7, 7);
                        await(done);
                        assertThat(await(thrownBy(failed))).isSameAs(failure);
                        value.close();
                        assertThat(await(timeout(ofSeconds(1), value))).isEqualTo(7);
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatAwaitsItselfGetsAnExceptionThatNamesItAndCanContinue() {
        program.run(
                () -> {
                    Task<?> self = Task.current();
                    self.setName("self-awaiting");
                    assertThat(await(thrownBy(self)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("self-awaiting");
                    assertThat(await(thrownBy(timeout(ofSeconds(1), self))))
                            .isInstanceOf(IllegalStateException.class);
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void tasksThatAwaitEachOtherCanBeCancelled() {
        program.run(
                () -> {
                    Promise<Task<?>> second = new Promise<>();
                    Task<Void> one = Task.create(() -> awaitsTask(await(second)));
                    Task<Void> two = Task.create(() -> awaitsTask(one));
                    second.complete(two);
                    await(sleep(ofSeconds(1)));
                    one.cancel();
                    assertThat(await(thrownBy(one))).isInstanceOf(CancelledError.class);
                    assertThat(await(thrownBy(two))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void outsideALoopThereIsNoCurrentTaskAndNoCurrentLoop() {
        assertThat(Task.current()).isNull();
        assertThatThrownBy(Task::all).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(EventLoop::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Weft.run");
        assertThatThrownBy(() -> Task.create(() -> Coroutine.done()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Promise::new).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void inACallbackThereIsACurrentLoopButNoCurrentTask() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<Task<?>> current = new Promise<>();
                    loop.callSoon(() -> current.complete(Task.current()));
                    loop.callSoon(() -> assertThat(EventLoop.current()).isSameAs(loop));
                    assertThat(await(current)).isNull();
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private static Coroutine<Void> awaits(Coroutine<Void> coroutine) {
        await(coroutine);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaitsTask(Task<?> task) {
        await(task);
        return Coroutine.done();
    }

    @Test
    void theMessageSaysThatACoroutineWasAwaitedTwice() {
        program.run(
                () -> {
                    Coroutine<Integer> once = Coroutine.from(() -> Coroutine.of(1));
                    assertThat(await(once)).isEqualTo(1);
                    assertThat(await(thrownBy(once)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("was awaited twice");
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitableOfAnUnknownClassIsRefusedWithItsName() {
        program.run(
                () -> {
                    assertThat(await(thrownBy(new Awaitable<String>() {})))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith(
                                    "await takes a Coroutine, a Deferred or a CompletionStage, not a ")
                            .hasMessageContaining("UsedTwiceTest");
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitableOfAnUnknownClassIsRefusedByTheCombinatorsToo() {
        Awaitable<String> unknown = new Awaitable<>() {};
        program.run(
                () -> {
                    assertRefused(catchThrowable(() -> Weft.gather(unknown)));
                    assertRefused(catchThrowable(() -> Weft.gatherOutcomes(unknown)));
                    assertRefused(catchThrowable(() -> Weft.shield(unknown)));
                    assertRefused(catchThrowable(() -> Weft.asCompleted(List.of(unknown))));
                    assertRefused(await(thrownBy(Weft.timeout(Duration.ZERO, unknown))));
                    return Coroutine.done();
                });
    }

    private static void assertRefused(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UsedTwiceTest");
    }
}
