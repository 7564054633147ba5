package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.WaitResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/timeouts.md. */
class TimeoutsPageTest {
    private static final Page PAGE = Page.of("docs/timeouts.md");

    /** Takes a second for each letter. */
    @Async
    private static Coroutine<String> fetch(String url) {
        await(sleep(ofSeconds(url.length())));
        return Coroutine.of("<" + url + ">");
    }

    private static double elapsedSeconds() {
        return EventLoop.current().time() / 1e9;
    }

    @Async
    static Coroutine<String> fetchOrGiveUp(String url) {
        try {
            return Coroutine.of(await(timeout(ofSeconds(5), fetch(url))));
        } catch (TimeoutException e) {
            return Coroutine.of("no answer from " + url);
        }
    }

    @Test
    void anOperationThatTakesTooLongIsCancelled() {
        assertThat(Program.<String>run(() -> fetchOrGiveUp("fast"))).isEqualTo("<fast>");
        assertThat(Program.<String>run(() -> fetchOrGiveUp("slower")))
                .isEqualTo("no answer from slower");
    }

    @Async
    private static Coroutine<String> withFallback(String url) {
        String text = await(timeoutOr(ofSeconds(5), fetch(url), "no answer"));
        return Coroutine.of(text);
    }

    @Test
    void aFallbackReplacesTheException() {
        assertThat(Program.<String>run(() -> withFallback("slower"))).isEqualTo("no answer");
    }

    @Async
    static Coroutine<String> fetchTwoPages(String first, String second) throws TimeoutException {
        return Coroutine.of(
                await(
                        timeout(
                                ofSeconds(5),
                                () -> Coroutine.of(await(fetch(first)) + await(fetch(second))))));
    }

    @Test
    void aLambdaPutsSeveralStepsUnderOneLimit() {
        assertThat(Program.<String>run(() -> fetchTwoPages("a", "b"))).isEqualTo("<a><b>");
        assertThatThrownBy(() -> Program.run(() -> fetchTwoPages("aaa", "bbb")))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void theTimeStartsWhenTheTimeoutIsAwaited() {
        Program.run(
                () -> {
                    Coroutine<String> limited = timeout(ofSeconds(2), fetch("a"));
                    await(sleep(ofSeconds(10)));
                    assertThat(await(limited)).isEqualTo("<a>");
                    return Coroutine.done();
                });
    }

    @Test
    void aCoroutineRunsInTheCurrentTask() {
        Program.run(
                () -> {
                    Task<?> task = Task.current();
                    AsyncCallable<Task<?>> body = () -> Coroutine.of(Task.current());
                    assertThat(await(timeout(ofSeconds(1), body))).isSameAs(task);
                    return Coroutine.done();
                });
    }

    @Test
    void theTimeoutWaitsForTheCleanUp() {
        Program.run(
                () -> {
                    try {
                        await(timeout(ofSeconds(5), () -> cleansUpFor3Seconds()));
                    } catch (TimeoutException e) {
                        assertThat(elapsedSeconds()).isEqualTo(8);
                    }
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> cleansUpFor3Seconds() {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ofSeconds(3)));
        }
        return Coroutine.done();
    }

    @Test
    void aValueOrAnExceptionOfTheCleanUpWins() {
        Program.run(
                () -> {
                    assertThat(await(timeout(ofSeconds(5), swallows("value")))).isEqualTo("value");
                    return Coroutine.done();
                });
        assertThatThrownBy(() -> Program.run(() -> timeout(ofSeconds(5), swallows(""))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Async
    private static Coroutine<String> swallows(String value) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            if (value.isEmpty()) {
                throw new IllegalStateException("no value", e);
            }
        }
        return Coroutine.of(value);
    }

    @Test
    void aCancellationFromOutsideStaysACancellation() {
        Program.run(
                () -> {
                    Task<String> task = Task.create(() -> timeout(ofSeconds(5), fetch("slower")));
                    await(sleep(ofSeconds(1)));
                    task.cancel();
                    try {
                        await(task, TimeoutException.class);
                    } catch (CancelledError expected) {
                        assertThat(task.cancelled()).isTrue();
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void withEqualDeadlinesTheOutermostThrows() {
        AsyncCallable<String> inner =
                () -> {
                    try {
                        return Coroutine.of(await(timeout(ofSeconds(5), fetch("slower"))));
                    } catch (TimeoutException e) {
                        return Coroutine.of("the inner one");
                    }
                };
        assertThatThrownBy(() -> Program.run(() -> timeout(ofSeconds(5), inner)))
                .isInstanceOf(TimeoutException.class);
        assertThat(Program.<String>run(() -> timeout(ofSeconds(6), inner)))
                .isEqualTo("the inner one");
    }

    @Test
    void aLimitOfZeroReturnsWhatIsDone() {
        Program.run(
                () -> {
                    Task<String> task = Task.create(fetch(""));
                    await(task);
                    assertThat(await(timeout(ZERO, task))).isEqualTo("<>");
                    assertThat(await(timeoutOr(ZERO, fetch(""), "not started")))
                            .isEqualTo("not started");
                    return Coroutine.done();
                });
    }

    @Test
    void theCauseTellsAnExpiryFromATimeoutExceptionOfTheOperation() {
        Coroutine<String> failed = Coroutine.failed(new TimeoutException("of a driver"));
        assertThatThrownBy(() -> Program.run(() -> timeoutOr(ofSeconds(5), failed, "fallback")))
                .hasMessage("of a driver")
                .hasNoCause();
        assertThatThrownBy(() -> Program.run(() -> timeout(ofSeconds(5), fetch("slower"))))
                .satisfies(expired -> PAGE.quotes(expired + "\nCaused by: " + expired.getCause()));
    }

    @Async
    static Coroutine<String> fetchInTurn(List<String> urls, Duration limit)
            throws TimeoutException {
        EventLoop loop = EventLoop.current();
        long deadline = loop.time() + limit.toNanos();
        StringBuilder text = new StringBuilder();
        for (String url : urls) {
            Duration rest = Duration.ofNanos(deadline - loop.time());
            text.append(await(timeout(rest, fetch(url))));
        }
        return Coroutine.of(text.toString());
    }

    @Test
    void severalOperationsShareADeadline() {
        List<String> urls = List.of("aaa", "bbb");
        assertThat(Program.<String>run(() -> fetchInTurn(urls, ofSeconds(7))))
                .isEqualTo("<aaa><bbb>");
        assertThatThrownBy(() -> Program.run(() -> fetchInTurn(urls, ofSeconds(5))))
                .isInstanceOf(TimeoutException.class);
    }

    @Async
    static Coroutine<Integer> countOfAnswers(List<Task<String>> tasks) {
        WaitResult<String> result = await(waitUntil(ReturnWhen.ALL_COMPLETED, ofSeconds(5), tasks));
        return Coroutine.of(result.done().size()); // the tasks in result.pending() continue
    }

    @Test
    void waitUntilCancelsNothing() {
        Program.run(
                () -> {
                    Task<String> fast = Task.create(fetch("fast"));
                    Task<String> slow = Task.create(fetch("slower"));
                    assertThat(await(countOfAnswers(List.of(fast, slow)))).isEqualTo(1);
                    assertThat(await(slow)).isEqualTo("<slower>");
                    return Coroutine.done();
                });
    }

    @Async
    static Coroutine<String> answerSoFar(Task<String> task) {
        return Coroutine.of(
                await(timeoutOr(ofSeconds(5), shield(task), "not yet"))); // the task continues
    }

    @Test
    void aTaskIsCancelledUnlessItIsShielded() {
        Program.run(
                () -> {
                    Task<String> shielded = Task.create(fetch("slower"));
                    assertThat(await(answerSoFar(shielded))).isEqualTo("not yet");
                    assertThat(await(shielded)).isEqualTo("<slower>");

                    Task<String> lost = Task.create(fetch("slower"));
                    await(timeoutOr(ofSeconds(5), lost, "not yet"));
                    assertThat(lost.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }
}
