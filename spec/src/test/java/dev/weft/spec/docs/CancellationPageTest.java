package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Unhandled;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/cancellation.md. */
class CancellationPageTest {
    private static final Page PAGE = Page.of("docs/cancellation.md");

    private final List<String> log = new ArrayList<>();

    @Async
    Coroutine<Void> download(String url) {
        log.add("downloading " + url);
        try {
            await(sleep(ofMinutes(1))); // stands for the transfer
            log.add("complete");
        } finally {
            await(removeTemporaryFile()); // a clean-up may await
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> main() {
        Task<Void> download = Task.create(download("a.zip"));
        await(sleep(ofSeconds(5)));
        download.cancel("the user has lost patience");
        try {
            await(download); // waits until the clean-up has ended
        } catch (CancelledError e) {
            log.add("cancelled: " + e.getMessage());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> removeTemporaryFile() {
        await(sleep(ofSeconds(1)));
        log.add("temporary file removed");
        return Coroutine.done();
    }

    @Test
    void theCleanUpRunsBeforeTheAwaiterContinues() {
        Program.run(() -> main());

        assertThat(PAGE.blocks("text").get(0).lines()).containsExactlyElementsOf(log);
    }

    @Test
    void aRequestIsDeliveredWhenTheTaskNextRuns() {
        Program.run(
                () -> {
                    Task<Void> task = Task.create("download", download("a.zip"));
                    await(sleep(ZERO));
                    assertThat(task.cancel()).isTrue();
                    assertThat(task.cancelled()).isFalse();
                    PAGE.quotes(catchThrowable(() -> task.result()).toString());

                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancel()).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Throwable> thrownBy(Task<?> task) {
        try {
            await(task);
        } catch (Throwable e) {
            return Coroutine.of(e);
        }
        return Coroutine.of(null);
    }

    @Test
    void aTurnThatIsGivenUpCanBeCancelled() {
        Program.run(
                () -> {
                    Task<Void> computing = Task.create(() -> computes());
                    await(sleep(ZERO));
                    computing.cancel();
                    assertThat(await(thrownBy(computing))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> computes() {
        while (true) {
            await(sleep(ZERO));
        }
    }

    @Test
    void aSecondRequestInterruptsTheCleanUp() {
        Program.run(
                () -> {
                    Task<Void> task = Task.create(download("a.zip"));
                    await(sleep(ZERO));
                    task.cancel();
                    await(sleep(ZERO));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("downloading a.zip");
    }

    @Test
    void aTaskThatHasNotStartedRunsNothing() {
        Program.run(
                () -> {
                    Task<Void> task = Task.create(download("a.zip"));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Async
    static Coroutine<Integer> impatient(Task<Integer> shared) {
        return Coroutine.of(
                await(shield(shared))); // cancelling this task leaves the shared one alone
    }

    @Async
    private static Coroutine<Integer> unshielded(Task<Integer> shared) {
        return Coroutine.of(await(shared));
    }

    @Test
    void aShieldKeepsWhatIsAwaitedRunning() {
        Program.run(
                () -> {
                    Task<Integer> shared = Task.create(sleep(ofSeconds(1), 7));
                    Task<Integer> impatient = Task.create(impatient(shared));
                    await(sleep(ZERO));
                    impatient.cancel();
                    assertThat(await(shared)).isEqualTo(7);
                    assertThat(impatient.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aShieldedLambdaIsATaskThatContinues() {
        Program.run(
                () -> {
                    Task<Void> awaiter =
                            Task.create(
                                    () -> Coroutine.of(await(shield(() -> removeTemporaryFile()))));
                    await(sleep(ZERO));
                    awaiter.cancel();
                    assertThat(await(thrownBy(awaiter))).isInstanceOf(CancelledError.class);
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("temporary file removed");
    }

    @Test
    void withoutAShieldAllThatAwaitAreCancelled() {
        Program.run(
                () -> {
                    Task<Integer> shared = Task.create(sleep(ofSeconds(1), 7));
                    Task<Integer> one = Task.create(unshielded(shared));
                    Task<Integer> other = Task.create(unshielded(shared));
                    await(sleep(ZERO));
                    one.cancel("one");
                    assertThat(await(thrownBy(other))).hasMessage("one");
                    assertThat(shared.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitedFutureIsCancelled() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Program.run(
                () -> {
                    Task<String> task = Task.create(() -> Coroutine.of(await(future)));
                    await(sleep(ZERO));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(future).isCancelled();
    }

    @Async
    static Coroutine<String> resultOf(Task<String> task) {
        try {
            return Coroutine.of(await(task));
        } catch (CancelledError e) {
            if (Task.current().cancelling() > 0) {
                throw e; // this task was cancelled
            }
            return Coroutine.of("the other task was cancelled");
        }
    }

    @Test
    void theNumberOfRequestsTellsWhichTaskWasCancelled() {
        Program.run(
                () -> {
                    Task<String> task = Task.create(sleep(ofSeconds(1), "value"));
                    Task<String> awaiter = Task.create(resultOf(task));
                    await(sleep(ZERO));
                    task.cancel();
                    assertThat(await(awaiter)).isEqualTo("the other task was cancelled");

                    Task<String> second = Task.create(sleep(ofSeconds(1), "value"));
                    Task<String> cancelled = Task.create(resultOf(second));
                    await(sleep(ZERO));
                    cancelled.cancel();
                    assertThat(await(thrownBy(cancelled))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void anItemThatWasHandedToACancelledWaiterIsNotLost() {
        Program.run(
                () -> {
                    AsyncQueue<String> queue = new AsyncQueue<>();
                    Task<String> getter = Task.create(() -> queue.get());
                    await(sleep(ZERO));
                    queue.tryPut("item");
                    getter.cancel();
                    assertThat(await(thrownBy(getter))).isInstanceOf(CancelledError.class);
                    assertThat(queue.size()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void theLibrarySaysWhoAsked() {
        Program.run(
                () -> {
                    try {
                        await(timeout(ofSeconds(1), sleep(ofDays(1))));
                    } catch (TimeoutException e) {
                        assertThat(e.getCause()).hasMessageStartingWith("timeout of");
                    }
                    await(
                            TaskGroup.scope(
                                    group -> {
                                        group.create(() -> remembersItsEnd());
                                        await(sleep(ZERO));
                                        group.cancel();
                                        return Coroutine.done();
                                    }));
                    Task.create(() -> remembersItsEnd());
                    await(sleep(ZERO));
                    return Coroutine.done();
                });

        assertThat(log.get(0)).startsWith("the task group");
        assertThat(log.get(1)).startsWith("shut down");
    }

    @Async
    private Coroutine<Void> remembersItsEnd() {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            log.add(e.getMessage());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> stubborn() {
        try {
            await(sleep(ofDays(1)));
        } catch (Throwable t) {
            await(new Promise<>());
        }
        return Coroutine.done();
    }

    @Test
    void aTaskThatSwallowsItsCancellationIsReported() {
        List<Unhandled> unhandled =
                Program.unhandledIn(
                        () -> {
                            Task.create("stubborn", () -> stubborn());
                            await(sleep(ZERO));
                            return Coroutine.done();
                        });

        String report = unhandled.get(0).message() + ": " + unhandled.get(0).exception();
        assertThat(report).contains("\n    at ");
        PAGE.quotes(report.substring(0, report.indexOf("\n    at ")));
    }

    @Test
    void aTaskCannotBeCancelledByAnotherThread() {
        Program.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(1)));
                    Throwable refused = await(blocking(() -> catchThrowable(task::cancel)));
                    PAGE.quotes(refused.toString());
                    return Coroutine.done();
                });
    }
}
