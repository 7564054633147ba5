package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.CircuitBreaker;
import dev.weft.resilience.CircuitOpenException;
import dev.weft.resilience.Hedge;
import dev.weft.resilience.RateLimiter;
import dev.weft.resilience.Retry;
import dev.weft.spec.support.Awaits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples for the package {@code dev.weft.resilience}. */
class ResilienceExamplesTest {
    private final List<String> log = new ArrayList<>();

    /** The number of fetches that fail before the others succeed. */
    private int failing;

    /** Takes 100 ms, but five seconds for the first fetch of a slow page. */
    @Async
    private Coroutine<String> fetch(String url) throws IOException {
        log.add(elapsed().toMillis() + " ms: " + url);
        await(sleep(ofMillis(url.startsWith("slow") && log.size() == 1 ? 5_000 : 100)));
        if (failing-- > 0) {
            throw new IOException("no answer");
        }
        return Coroutine.of("<" + url + ">");
    }

    @Test
    void theExampleOfBackoff() {
        Backoff growing =
                Backoff.exponential(ofMillis(100), ofSeconds(5)); // 100, 200, 400 ms, ... 5 s
        Backoff regular = Backoff.constant(ofSeconds(1));
        Backoff own = new Backoff(ofSeconds(1), 1.5, ofSeconds(10), 0.1); // each up to 10 % shorter

        assertThat(growing.factor()).isEqualTo(2);
        assertThat(regular.most()).isEqualTo(ofSeconds(1));
        assertThat(own.jitter()).isEqualTo(0.1);
    }

    Coroutine<String> fetchPatiently(String url) {
        return Retry.of(
                4, // attempts, the first included
                Backoff.exponential(ofMillis(100), ofSeconds(5)),
                failure -> failure instanceof IOException,
                () -> fetch(url));
    }

    @Test
    void theExampleOfRetry() {
        failing = 3;
        assertThat(VirtualTime.<String>run(() -> fetchPatiently("a"))).isEqualTo("<a>");
        assertThat(log).hasSize(4);
    }

    private final RateLimiter limiter = new RateLimiter(2, ofSeconds(1)); // two in each second

    @Async
    Coroutine<String> fetchSlowly(String url) throws IOException {
        await(limiter.acquire()); // the third call at once waits for half a second
        return Coroutine.of(await(fetch(url)));
    }

    @Test
    void theExampleOfRateLimiter() {
        VirtualTime.run(
                () ->
                        Coroutine.of(
                                await(
                                        gather(
                                                () -> fetchSlowly("a"),
                                                () -> fetchSlowly("b"),
                                                () -> fetchSlowly("c")))));
        assertThat(log).containsExactly("0 ms: a", "0 ms: b", "500 ms: c");
    }

    private final CircuitBreaker breaker = CircuitBreaker.of(3, ofSeconds(30));

    Coroutine<String> fetchGuarded(String url) {
        return breaker.call(() -> fetch(url)); // CircuitOpenException after three failures in a row
    }

    @Async
    Coroutine<String> fetchOrWait(String url) {
        try {
            return Coroutine.of(await(breaker.call(() -> fetch(url))));
        } catch (CircuitOpenException open) {
            long pause = open.until() - EventLoop.current().time();
            await(sleep(Duration.ofNanos(pause)));
            return Coroutine.of(await(breaker.call(() -> fetch(url))));
        }
    }

    @Test
    void theExamplesOfCircuitBreaker() {
        failing = 3;
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        assertThat(await(Awaits.thrownBy(fetchGuarded("a"))))
                                .isInstanceOf(IOException.class);
                    }
                    assertThat(await(Awaits.thrownBy(fetchGuarded("a"))))
                            .isInstanceOf(CircuitOpenException.class);
                    assertThat(await(fetchOrWait("a"))).isEqualTo("<a>");
                    assertThat(elapsed()).isEqualTo(ofMillis(30_400));
                    return Coroutine.done();
                });
    }

    Coroutine<String> fetchFast(String url) {
        return Hedge.of(ofMillis(200), 3, () -> fetch(url)); // at 0, 200 and 400 ms
    }

    @Test
    void theExampleOfHedge() {
        VirtualTime.run(
                () -> {
                    assertThat(await(fetchFast("slow"))).isEqualTo("<slow>");
                    assertThat(elapsed()).isEqualTo(ofMillis(300));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("0 ms: slow", "200 ms: slow");
    }
}
