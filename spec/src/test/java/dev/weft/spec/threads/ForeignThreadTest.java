package dev.weft.spec.threads;

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
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.AsyncFunction;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 32: the calls that another thread may make, and the refusal of all others. */
@Timeout(60)
class ForeignThreadTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** A running loop and objects that belong to it. */
    private record Loop(
            Runner runner,
            EventLoop loop,
            Task<Void> task,
            Promise<Void> promise,
            Handle handle,
            TaskGroup group,
            AsyncIterator<Deferred<Void>> iterator) {}

    private interface Action {
        void apply(Loop loop) throws Throwable;
    }

    /** A call that is refused, and the call that the message must name. */
    @SuppressWarnings({"ImmutableEnumChecker", "FutureReturnValueIgnored"})
    private enum Call {
        CALL_SOON("execute", it -> it.loop.callSoon(() -> {})),
        CALL_LATER("execute", it -> it.loop.callLater(ZERO, () -> {})),
        CALL_AT("execute", it -> it.loop.callAt(0, () -> {})),
        TIME("execute", it -> it.loop.time()),
        EXCEPTION_HANDLER("execute", it -> it.loop.exceptionHandler(null)),
        CURRENT("submit", it -> EventLoop.current()),
        TASK_CREATE("submit", it -> Task.create(() -> Coroutine.done())),
        TASK_CREATE_COROUTINE("submit", it -> Task.create("name", sleep(ZERO))),
        TASK_ALL("submit", it -> Task.all()),
        NEW_PROMISE("submit", it -> new Promise<Void>()),
        BLOCKING("submit", it -> blocking(() -> 1)),
        RUN_NESTED("submit", it -> runNested(sleep(ZERO))),
        GATHER("submit", it -> gather(it.task)),
        SHIELD("submit", it -> shield(it.task)),
        AS_COMPLETED("submit", it -> asCompleted(List.of(it.task))),
        FROM_STAGE("submit", it -> Deferred.from(new java.util.concurrent.CompletableFuture<>())),
        CANCEL("execute", it -> it.task.cancel()),
        CANCEL_WITH_MESSAGE("execute", it -> it.task.cancel("why")),
        CANCEL_PROMISE("execute", it -> it.promise.cancel()),
        ADD_DONE_CALLBACK("execute", it -> it.task.addDoneCallback(done -> {})),
        REMOVE_DONE_CALLBACK("execute", it -> it.task.removeDoneCallback(done -> {})),
        TO_FUTURE("execute", it -> it.promise.toCompletableFuture()),
        SET_NAME("execute", it -> it.task.setName("other")),
        CANCELLING("execute", it -> it.task.cancelling()),
        UNCANCEL("execute", it -> it.task.uncancel()),
        STACK("execute", it -> it.task.stack()),
        HANDLE_CANCEL("execute", it -> it.handle.cancel()),
        GROUP_CREATE("execute", it -> it.group.create(sleep(ZERO))),
        GROUP_CANCEL("execute", it -> it.group.cancel()),
        ITERATOR_NEXT("execute", it -> it.iterator.next()),
        RUNNER_RUN("submit", it -> it.runner.run(sleep(ZERO))),
        RUNNER_CLOSE("submit", it -> closing(it.runner)),
        RUNNER_HANDLER("submit", it -> it.runner.exceptionHandler(null));

        private final String named;
        private final Action action;

        Call(String named, Action action) {
            this.named = named;
            this.action = action;
        }

        private static void closing(AutoCloseable closeable) throws Exception {
            closeable.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallFromAnotherThreadIsRefusedAndTheRightCallIsNamed(Call call) {
        Throwable thrown = onAnotherThread(it -> call.action.apply(it));

        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(call.named);
    }

    /** The ways in which a task of another loop may try to await a deferred. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum ForeignAwait {
        AWAIT(task -> Coroutine.of(await(task))),
        GATHER(task -> Coroutine.of(await(gather(task)))),
        GATHER_OUTCOMES(task -> Coroutine.of(await(Weft.gatherOutcomes(task)))),
        SHIELD(task -> Coroutine.of(await(shield(task)))),
        TIMEOUT(task -> timeout(ofSeconds(1), task)),
        WAIT_UNTIL(task -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(task))),
        AS_COMPLETED(task -> Coroutine.of(asCompleted(List.of(task))));

        private final AsyncFunction<Deferred<Void>, ?> action;

        <T> ForeignAwait(AsyncFunction<Deferred<Void>, T> action) {
            this.action = action;
        }

        Throwable tried(Deferred<Void> task) {
            return catchThrowable(() -> Weft.run(() -> action.apply(task)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void awaitingATaskOfAnotherLoopIsRefused(ForeignAwait foreign) {
        Throwable thrown =
                onAnotherThread(
                        it -> {
                            throw foreign.tried(it.task);
                        });
        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("toCompletableFuture");
    }

    @ParameterizedTest
    @EnumSource
    void aDoneDeferredOfAnotherLoopOnTheSameThreadIsRefusedToo(ForeignAwait foreign) {
        try (Runner runner = Weft.runner().virtualTime()) {
            Promise<Void> done = new Promise<>(runner.loop());
            done.complete(null);
            assertThat(foreign.tried(done))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("toCompletableFuture");
        }
    }

    @Test
    void anIteratorOfAnotherLoopIsRefused() {
        Throwable thrown =
                onAnotherThread(it -> Weft.run(() -> Coroutine.of(await(it.iterator.hasNext()))));
        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("toCompletableFuture");
    }

    @Test
    void readingIsSafeFromAnyThread() {
        Throwable thrown =
                onAnotherThread(
                        it -> {
                            assertThat(it.task.done()).isFalse();
                            assertThat(it.task.cancelled()).isFalse();
                            assertThat(it.task.state()).isEqualTo(Task.State.PENDING);
                            assertThat(it.task.name()).isEqualTo("victim");
                            assertThat(it.task.loop()).isSameAs(it.loop);
                            assertThatThrownBy(it.task::result)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("pending");
                            assertThatThrownBy(it.task::exception)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("pending");
                            assertThat(it.handle.cancelled()).isFalse();
                        });
        assertThat(thrown).isNull();
    }

    @Test
    void theResultIsSafeToReadFromAnyThread() {
        IOException failure = new IOException("seen elsewhere");
        program.run(
                () -> {
                    Task<Integer> value = Task.create(() -> Coroutine.of(7));
                    Task<Integer> failed = Task.create(() -> Coroutine.failed(failure));
                    await(sleep(ZERO));
                    await(
                            blocking(
                                    () -> {
                                        assertThat(value.result()).isEqualTo(7);
                                        assertThat(value.exception()).isNull();
                                        assertThat(failed.exception()).isSameAs(failure);
                                        assertThat(failed.state()).isEqualTo(Task.State.FAILED);
                                        return 1;
                                    }));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void promisesCanBeCompletedFromAnyThread() {
        Thread loop = Thread.currentThread();
        program.run(
                () -> {
                    Promise<Thread> completed = new Promise<>();
                    Promise<Thread> failed = new Promise<>();
                    IOException failure = new IOException("elsewhere");
                    completed.addDoneCallback(
                            done -> assertThat(Thread.currentThread()).isSameAs(loop));
                    await(
                            blocking(
                                    () ->
                                            completed.complete(Thread.currentThread())
                                                    && failed.fail(failure)));
                    assertThat(await(completed)).isNotSameAs(loop);
                    assertThat(failed.exception()).isSameAs(failure);
                    assertThat(completed.complete(null)).isFalse();
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void theThreadThatCreatedTheRunnerMayUseItsLoopBetweenRuns() {
        try (Runner runner = Weft.runner().virtualTime()) {
            boolean[] called = {false};
            EventLoop loop = runner.loop();
            loop.callSoon(() -> called[0] = true);
            Promise<String> promise = new Promise<>(loop);
            promise.complete("before");
            assertThat(runner.run(() -> Coroutine.of(await(promise)))).isEqualTo("before");
            assertThat(called[0]).isTrue();
            loop.callLater(ofSeconds(1), () -> called[0] = false);
            runner.run(sleep(ofSeconds(2)));
            assertThat(called[0]).isFalse();
        }
    }

    /** Returns the exception that {@code action} throws on another thread during a run. */
    private Throwable onAnotherThread(Action action) {
        try (Runner runner = Weft.runner().virtualTime()) {
            return runner.run(
                    () ->
                            TaskGroup.scope(
                                    group -> {
                                        EventLoop loop = EventLoop.current();
                                        Task<Void> task = Task.create("victim", sleep(ofDays(1)));
                                        Loop fixture =
                                                new Loop(
                                                        runner,
                                                        loop,
                                                        task,
                                                        new Promise<>(),
                                                        loop.callLater(ofDays(1), () -> {}),
                                                        group,
                                                        asCompleted(List.of(task)));
                                        return Coroutine.of(
                                                await(
                                                        blocking(
                                                                () ->
                                                                        catchThrowable(
                                                                                () ->
                                                                                        action
                                                                                                .apply(
                                                                                                        fixture)))));
                                    }));
        }
    }
}
