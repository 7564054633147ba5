package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.CircuitBreaker;
import dev.weft.resilience.CircuitOpenException;
import dev.weft.resilience.Hedge;
import dev.weft.resilience.RateLimiter;
import dev.weft.resilience.Retry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/resilience.md. */
class ResiliencePageTest {
    private static final Page PAGE = Page.of("docs/resilience.md");

    private final List<String> fetched = new ArrayList<>();

    /** The milliseconds that the fetches take, in order; a negative number fails. The rest: 100. */
    private final List<Integer> times = new ArrayList<>();

    @Async
    private Coroutine<String> fetch(String url) throws IOException {
        fetched.add(elapsed().toMillis() + " " + url);
        int time = times.isEmpty() ? 100 : times.remove(0);
        await(sleep(ofMillis(Math.abs(time))));
        if (time < 0) {
            throw new IOException("no answer");
        }
        return Coroutine.of("<" + url + ">");
    }

    Coroutine<String> fetchPatiently(String url) {
        return Retry.of(
                4,
                Backoff.exponential(ofMillis(100), ofSeconds(5)),
                failure -> failure instanceof IOException || failure instanceof TimeoutException,
                () -> timeout(ofSeconds(2), fetch(url)));
    }

    @Test
    void attemptsThatFailOrTakeTooLongAreRepeated() {
        times.addAll(List.of(-10, 99_999, 50));
        assertThat(Program.<String>run(() -> fetchPatiently("a"))).isEqualTo("<a>");
        assertThat(fetched).hasSize(3);
    }

    @Test
    void aCancellationIsNotRetried() {
        times.add(5_000);
        Program.run(
                () -> {
                    Task<String> task = Task.create(fetchPatiently("a"));
                    await(sleep(ofSeconds(1)));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(fetched).hasSize(1);
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof IOException;
    }

    private Coroutine<Integer> write(String text) throws IOException {
        fetched.add(text);
        if (fetched.size() < 3) {
            throw new IOException("busy");
        }
        return Coroutine.of(text.length());
    }

    Coroutine<Integer> store(String text) {
        Backoff backoff = new Backoff(ofSeconds(1), 1.5, ofSeconds(10), 0.1);
        return Retry.of(5, backoff, failure -> isTemporary(failure), () -> write(text));
    }

    @Test
    void thePredicateSaysWhatIsRepeated() {
        assertThat(Program.<Integer>run(() -> store("abc"))).isEqualTo(3);
        assertThat(fetched).hasSize(3);
    }

    private final RateLimiter limiter = new RateLimiter(10, ofSeconds(1));

    @Async
    Coroutine<String> fetchSlowly(String url) throws IOException {
        await(limiter.acquire());
        return Coroutine.of(await(fetch(url)));
    }

    @Test
    void tenCallsMayStartAtOnceAndThenOneEvery100Milliseconds() {
        Program.run(
                () -> {
                    for (int i = 0; i < 12; i++) {
                        Task.create(() -> fetchSlowly("a"));
                    }
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(fetched.subList(9, 12)).containsExactly("0 a", "100 a", "200 a");
    }

    @Test
    void tryAcquireDoesNotWait() {
        Program.run(
                () -> {
                    for (int i = 0; i < 11; i++) {
                        boolean isAllowed = limiter.tryAcquire();
                        assertThat(isAllowed).isEqualTo(i < 10);
                    }
                    return Coroutine.done();
                });
    }

    private final CircuitBreaker breaker = CircuitBreaker.of(5, ofSeconds(30));

    Coroutine<String> fetchGuarded(String url) {
        return breaker.call(() -> timeout(ofSeconds(2), fetch(url)));
    }

    @Test
    void theBreakerOpensAfterFiveFailuresAndLetsATrialPassAfter30Seconds() {
        times.addAll(List.of(-10, -10, 99_999, -10, -10));
        Program.run(
                () -> {
                    for (int i = 0; i < 5; i++) {
                        assertThat(await(thrownBy(fetchGuarded("a"))))
                                .isInstanceOf(Exception.class);
                    }
                    assertThat(await(thrownBy(fetchGuarded("a"))))
                            .isInstanceOf(CircuitOpenException.class);
                    await(sleep(ofSeconds(30)));
                    assertThat(await(fetchGuarded("a"))).isEqualTo("<a>");
                    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundTheBreakerDoesNotOpenIt() {
        Program.run(
                () -> {
                    for (int i = 0; i < 9; i++) {
                        times.add(99_999);
                        await(thrownBy(timeout(ofSeconds(1), fetchGuarded("a"))));
                    }
                    assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
                    return Coroutine.done();
                });
    }

    Coroutine<String> fetchFast(String url) {
        return Hedge.of(ofMillis(200), 3, () -> fetch(url));
    }

    @Test
    void aSlowAttemptGetsCompany() {
        times.addAll(List.of(5_000, 5_000, 100));
        assertThat(Program.<String>run(() -> fetchFast("a"))).isEqualTo("<a>");
        assertThat(fetched).containsExactly("0 a", "200 a", "400 a");
    }

    Coroutine<String> fetchFromEither(String one, String other) {
        return race(() -> fetch(one), () -> fetch(other));
    }

    @Test
    void aRaceHasTheFirstValue() {
        times.addAll(List.of(300, 200));
        assertThat(Program.<String>run(() -> fetchFromEither("a", "b"))).isEqualTo("<b>");
        times.addAll(List.of(300, -200));
        assertThat(Program.<String>run(() -> fetchFromEither("a", "b"))).isEqualTo("<a>");
    }

    Coroutine<String> fetchCarefully(String url) {
        return Retry.of(
                3,
                Backoff.exponential(ofMillis(100), ofSeconds(5)),
                failure -> !(failure instanceof CircuitOpenException),
                () -> breaker.call(() -> timeout(ofSeconds(2), fetchSlowly(url))));
    }

    @Test
    void anOpenBreakerEndsTheRetry() {
        times.addAll(List.of(-1, -1, -1, -1, -1));
        Program.run(
                () -> {
                    assertThat(await(thrownBy(fetchCarefully("a"))))
                            .isInstanceOf(IOException.class);
                    Throwable thrown = await(thrownBy(fetchCarefully("a")));
                    assertThat(thrown).isInstanceOf(CircuitOpenException.class);
                    assertThat(thrown.getSuppressed()).hasSize(2);
                    return Coroutine.done();
                });
        assertThat(fetched).hasSize(5);
    }

    @Test
    void theMessageOfALimiterOfAnotherLoopIsQuoted() {
        try (Runner first = Weft.runner().virtualTime()) {
            first.run(() -> fetchSlowly("a"));
            Throwable thrown = VirtualTime.failureOf(() -> fetchSlowly("a"));
            PAGE.quotes(thrown.toString());
        }
    }
}
