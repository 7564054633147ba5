package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules 27 and 28: no task is lost, and each failure is reported exactly once. */
class UnseenFailureTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** The calls that count as looking at a failed task. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum Looking {
        AWAIT(task -> thrownBy(task)),
        RESULT(task -> Coroutine.of(failureOf(task::result))),
        EXCEPTION(task -> Coroutine.of(task.exception())),
        FUTURE(task -> Coroutine.of(task.toCompletableFuture())),
        GATHER(task -> thrownBy(gather(task))),
        GATHER_OUTCOMES(task -> Coroutine.of(await(Weft.gatherOutcomes(task)))),
        SHIELD(task -> thrownBy(shield(task))),
        TIMEOUT(task -> thrownBy(timeout(ofSeconds(1), task)));

        private final AsyncFunction<Task<Void>, ?> action;

        <T> Looking(AsyncFunction<Task<Void>, T> action) {
            this.action = action;
        }
    }

    /** The calls that do not count as looking at a failed task. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum NotLooking {
        NOTHING(task -> {}),
        WAIT_UNTIL(task -> Task.create(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task)))),
        CANCEL(task -> task.cancel()),
        CALLBACK(task -> task.addDoneCallback(done -> {})),
        ASKING(task -> assertThat(task.done() && !task.cancelled()).isTrue());

        private final Consumer<Task<Void>> action;

        NotLooking(Consumer<Task<Void>> action) {
            this.action = action;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatWasLookedAtIsNotReported(Looking looking) {
        program.run(
                () -> {
                    Task<Void> failed = Task.create(() -> fails("boom"));
                    await(sleep(ofSeconds(1)));
                    await(looking.action.apply(failed));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatWasNotLookedAtIsReportedOnceWithItsTask(NotLooking notLooking) {
        program.run(
                () -> {
                    Task<Void> failed = Task.create("failing", () -> fails("boom"));
                    await(sleep(ofSeconds(1)));
                    notLooking.action.accept(failed);
                    await(sleep(ofSeconds(1)));
                    keep(failed);
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("boom");
        assertThat(program.reports().get(0).message()).contains("failing");
        assertThat(program.reports().get(0).task().name()).isEqualTo("failing");
    }

    private final List<Object> kept = new ArrayList<>();

    @Test
    void aTaskTakenOverBeforeItFailsIsReportedOnceThroughItsTaker() {
        program.run(
                () -> {
                    Task<Void> one = Task.create(() -> failsAfter(1, "gathered"));
                    keep(gather(one, sleep(ofSeconds(1))));
                    Task<Void> two = Task.create(() -> failsAfter(2, "shielded"));
                    keep(shield(two));
                    keep(blocking(() -> Integer.parseInt("blocking")));
                    await(sleep(ofSeconds(3)));
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages())
                .containsExactlyInAnyOrder(
                        "gathered", "shielded", "For input string: \"blocking\"");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored")
    void toCompletableFutureBeforeTheFailureCountsAsLooking() {
        program.run(
                () -> {
                    Task.create(() -> failsAfter(1, "boom")).toCompletableFuture();
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void laterFailuresOfAFailedGatherAreReported() {
        program.run(
                () -> {
                    Throwable first =
                            await(
                                    thrownBy(
                                            gather(
                                                    failsAfter(1, "first"),
                                                    failsAfter(2, "second"),
                                                    failsAfter(3, "third"))));
                    assertThat(first).hasMessage("first");
                    await(sleep(ofSeconds(5)));
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactlyInAnyOrder("second", "third");
    }

    @Test
    void theFailureOfAChildIsReportedOnceThroughTheScope() {
        program.run(
                () -> {
                    Task<Void> scope =
                            Task.create(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                group.create(() -> fails("child"));
                                                return Coroutine.done();
                                            }));
                    await(sleep(ofSeconds(1)));
                    keep(scope);
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("child");
    }

    @Test
    void theFailureOfAPromiseIsNeverReported() {
        program.run(
                () -> {
                    new Promise<Void>().fail(new IOException("promised"));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aCancellationIsNeverReported() {
        program.run(
                () -> {
                    Task.create(() -> sleep(ofDays(1))).cancel();
                    keep(gather(sleep(ofDays(1)))).cancel();
                    blocking(() -> "never seen").cancel();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    private <T> Deferred<T> keep(Deferred<T> deferred) {
        kept.add(deferred);
        return deferred;
    }

    @Test
    void theEndOfARunDoesNotReportFailuresThatALaterRunMayLookAt() {
        List<Unhandled> reports = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(reports::add)) {
            Task<Void> failed =
                    runner.run(
                            () -> {
                                Task<Void> task = Task.create(() -> fails("boom"));
                                await(sleep(ZERO));
                                return Coroutine.of(task);
                            });
            assertThat(reports).isEmpty();
            assertThat(failed.exception()).hasMessage("boom");
        }
        assertThat(reports).isEmpty();
    }

    @Test
    @Timeout(30)
    void anUnreachableFailedTaskIsReportedBeforeTheLoopCloses() {
        program.run(
                () -> {
                    Task.create("unreachable", () -> fails("boom"));
                    while (program.reports().isEmpty()) {
                        System.gc();
                        await(sleep(ofSeconds(1)));
                    }
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("boom");
        assertThat(program.reports().get(0).message()).contains("unreachable");
    }

    @Test
    @Timeout(30)
    void aSuspendedTaskIsNotGarbageCollected() {
        List<String> log = new ArrayList<>();
        program.run(
                () -> {
                    // Only the task table refers to this task: nothing else refers to its promise.
                    WeakReference<Task<?>> task =
                            new WeakReference<>(Task.create(() -> awaitsItsOwn(log)));
                    await(sleep(ofSeconds(1)));
                    WeakReference<Object> probe = new WeakReference<>(new Object());
                    while (probe.get() != null) {
                        System.gc();
                    }
                    assertThat(task.get()).isNotNull();
                    assertThat(Task.all()).contains(task.get());
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("ended");
    }

    @Async
    private static Coroutine<Void> awaitsItsOwn(List<String> log) {
        try {
            await(new Promise<Void>());
        } finally {
            log.add("ended");
        }
        return Coroutine.done();
    }

    @Test
    void taskAllListsLiveTasksInCreationOrder() {
        program.run(
                () -> {
                    Task<?> main = Task.current();
                    Task<Void> one = Task.create("one", () -> sleep(ofSeconds(3)));
                    Task<Void> two = Task.create("two", () -> sleep(ofSeconds(1)));
                    Task<Void> three = Task.create("three", () -> sleep(ofSeconds(2)));
                    assertThat(Task.all()).isEqualTo(List.of(main, one, two, three));
                    await(two);
                    assertThat(Task.all()).isEqualTo(List.of(main, one, three));
                    EventLoop.current().callSoon(() -> assertThat(Task.all()).contains(main));
                    await(one);
                    assertThat(Task.all()).isEqualTo(List.of(main));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private static Coroutine<Void> fails(String message) throws IOException {
        throw new IOException(message);
    }

    @Async
    private static Coroutine<Void> failsAfter(int seconds, String message) throws IOException {
        await(sleep(ofSeconds(seconds)));
        throw new IOException(message);
    }

    private static Throwable failureOf(Runnable action) {
        return catchThrowable(action::run);
    }
}
