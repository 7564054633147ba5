package dev.weft.spec.misuse;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 38: null where a coroutine, an awaitable or a callback belongs. */
class NullTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** Fresh objects for one call. */
    private record Given(
            EventLoop loop, Promise<Void> promise, TaskGroup group, Coroutine<Void> unused) {}

    private interface Action {
        void apply(Given given) throws Exception;
    }

    // The last: each call throws.
    @SuppressWarnings({
        "ImmutableEnumChecker",
        "FutureReturnValueIgnored",
        "weft:dropped-coroutine"
    })
    private enum Call {
        TASK_CREATE(it -> Task.create((Coroutine<Void>) null)),
        TASK_CREATE_NAMED(it -> Task.create("name", (Coroutine<Void>) null)),
        TASK_CREATE_LAMBDA(it -> Task.create((AsyncCallable<Void>) null)),
        TASK_CREATE_NAMED_LAMBDA(it -> Task.create("name", (AsyncCallable<Void>) null)),
        GROUP_CREATE(it -> it.group.create((Coroutine<Void>) null)),
        GROUP_CREATE_LAMBDA(it -> it.group.create((AsyncCallable<Void>) null)),
        SCOPE(it -> TaskGroup.scope(null)),
        COROUTINE_FROM(it -> Coroutine.from(null)),
        COROUTINE_FAILED(it -> Coroutine.failed(null)),
        GATHER(it -> gather(it.unused, null)),
        GATHER_COLLECTION(it -> gather((Collection<Awaitable<Void>>) null)),
        GATHER_OUTCOMES(it -> Weft.gatherOutcomes(it.unused, null)),
        SHIELD(it -> shield((Awaitable<Void>) null)),
        TIMEOUT(it -> timeout(ofSeconds(1), (Awaitable<Void>) null)),
        TIMEOUT_LIMIT(it -> timeout(null, it.unused)),
        WAIT_UNTIL(it -> waitUntil(ReturnWhen.ALL_COMPLETED, Arrays.asList(it.promise, null))),
        WAIT_UNTIL_COLLECTION(it -> waitUntil(ReturnWhen.ALL_COMPLETED, null)),
        WAIT_UNTIL_CONDITION(it -> waitUntil(null, List.of(it.promise))),
        WAIT_UNTIL_LIMIT(it -> waitUntil(ReturnWhen.ALL_COMPLETED, null, List.of(it.promise))),
        AS_COMPLETED(it -> asCompleted(Arrays.asList(it.unused, null))),
        BLOCKING(it -> blocking((Callable<Void>) null)),
        SLEEP(it -> sleep(null)),
        RUN_NESTED(it -> runNested(null)),
        RUN(it -> Weft.run((Coroutine<Void>) null)),
        RUN_LAMBDA(it -> Weft.run((AsyncCallable<Void>) null)),
        FROM_STAGE(it -> Deferred.from(null)),
        PROMISE(it -> new Promise<Void>(null)),
        PROMISE_FAIL(it -> it.promise.fail(null)),
        ADD_CALLBACK(it -> it.promise.addDoneCallback(null)),
        REMOVE_CALLBACK(it -> it.promise.removeDoneCallback(null)),
        SET_NAME(it -> Task.current().setName(null)),
        CALL_SOON(it -> it.loop.callSoon(null)),
        CALL_LATER(it -> it.loop.callLater(ZERO, null)),
        CALL_LATER_DELAY(it -> it.loop.callLater(null, () -> {})),
        CALL_AT(it -> it.loop.callAt(0, null)),
        EXECUTE(it -> it.loop.execute(null)),
        SUBMIT(it -> it.loop.submit(null)),
        TASK_LOCAL_INITIAL(it -> TaskLocal.withInitial(null)),
        TASK_LOCAL_WHERE(it -> TaskLocal.<String>create().where("", null)),
        EXECUTOR(it -> Weft.runner().executor(null)),
        TIMER_SLACK(it -> Weft.runner().timerSlack(null));

        private final Action action;

        Call(Action action) {
            this.action = action;
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullIsRefusedAtTheCallAndNothingIsStarted(Call call) {
        program.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    Given given =
                                            new Given(
                                                    EventLoop.current(),
                                                    new Promise<>(),
                                                    group,
                                                    sleep(ofSeconds(1)));
                                    Throwable thrown =
                                            catchThrowable(() -> call.action.apply(given));
                                    assertThat(thrown).isInstanceOf(NullPointerException.class);
                                    assertThat(Task.all()).hasSize(1);
                                    assertThat(given.promise.done()).isFalse();
                                    await(given.unused); // fails if the call has used it
                                    return Coroutine.done();
                                }));
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void awaitingNullThrowsANullPointerExceptionThatCanBeCaught() {
        program.run(
                () -> {
                    List<String> log = new ArrayList<>();
                    try {
                        await((Awaitable<Void>) null);
                    } catch (NullPointerException e) {
                        log.add("awaitable");
                    }
                    try {
                        await((CompletionStage<Void>) null);
                    } catch (NullPointerException e) {
                        log.add("stage");
                    }
                    assertThat(log).containsExactly("awaitable", "stage");
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> returnsNull(boolean suspends) {
        if (suspends) {
            await(sleep(ZERO));
        }
        return null;
    }

    @Test
    void aBodyThatReturnsNullFailsWithAMessageThatNamesIt() {
        for (boolean suspends : new boolean[] {false, true}) {
            assertThatThrownBy(() -> program.run(() -> returnsNull(suspends)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("returnsNull");
        }
    }

    /** A mock without stubs: every method returns null. */
    private static final class Mock {
        Coroutine<Integer> load() {
            return null;
        }

        Deferred<Integer> ask() {
            return null;
        }
    }

    @Test
    void theMessageOfAnAwaitedNullNamesTheCallThatReturnedIt() {
        Mock mock = new Mock();
        Supplier<Coroutine<Integer>> supplier = () -> null;
        assertAwaitedNull(() -> Coroutine.of(await(mock.load())), "await(null): Mock.load() ret");
        assertAwaitedNull(() -> Coroutine.of(1 + await(mock.ask())), "await(null): Mock.ask() ret");
        assertAwaitedNull(
                () -> {
                    await(sleep(ZERO));
                    Coroutine<Integer> loaded = mock.load();
                    return Coroutine.of(await(loaded));
                },
                "await(null): Mock.load() returned null");
        assertAwaitedNull(() -> Coroutine.of(await(supplier.get())), "Supplier.get() returned");
        assertAwaitedNull(
                () -> Coroutine.of(await(mock.load()) + await(mock.ask())),
                "await(null): Mock.ask() or Mock.load() returned null");
        assertAwaitedNull(() -> Coroutine.of(await((Coroutine<Integer>) null)), "await(null)");
    }

    private void assertAwaitedNull(AsyncCallable<Integer> body, String message) {
        assertThatThrownBy(() -> program.run(body))
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith(message.startsWith("await") ? message : "await(null): ")
                .hasMessageContaining(message);
    }

    @Test
    void nullForTheExceptionHandlerRestoresTheDefault() {
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(null)) {
            runner.loop().exceptionHandler(null);
            assertThat(runner.run(() -> Coroutine.of(1))).isEqualTo(1);
        }
    }
}
