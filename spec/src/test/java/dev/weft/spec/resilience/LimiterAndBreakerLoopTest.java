package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.CircuitBreaker;
import dev.weft.resilience.CircuitBreaker.State;
import dev.weft.resilience.RateLimiter;
import dev.weft.spec.support.OtherThread;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop and the thread to which a limiter or a breaker belongs. */
class LimiterAndBreakerLoopTest {
    private final RateLimiter limiter = new RateLimiter(2, ofSeconds(1));
    private final CircuitBreaker breaker = CircuitBreaker.of(1, ofSeconds(30));

    /** A loop that stays open when another one uses what belongs to it. */
    private final Runner first = Weft.runner().virtualTime();

    @AfterEach
    void closeTheFirstLoop() {
        first.close();
    }

    private void useBoth() {
        first.run(
                () -> {
                    await(limiter.acquire());
                    await(thrownBy(breaker.call(() -> Coroutine.failed(new IOException()))));
                    return Coroutine.done();
                });
    }

    @Test
    void bothMayBeCreatedOutsideOfALoop() {
        useBoth();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void bothMayBeUsedByTheirThreadBetweenRunsAndAfterTheEnd() {
        useBoth();
        assertThat(limiter.tryAcquire()).isTrue();
        assertThat(limiter.tryAcquire()).isFalse();
        first.run(Weft.sleep(ofSeconds(30)));
        assertThat(limiter.tryAcquire()).isTrue();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        first.close();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        assertThat(limiter.tryAcquire()).isTrue();
    }

    @Test
    void aLimiterThatWasNotUsedHasNoClockOutsideOfALoop() {
        assertThatThrownBy(limiter::tryAcquire).isInstanceOf(IllegalStateException.class);
        assertThat(breaker.state()).as("needs no clock").isEqualTo(State.CLOSED);
    }

    @Test
    void anotherLoopIsRefusedAndTheRightCallIsNamed() {
        useBoth();
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(limiter.acquire())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("RateLimiter: await in another loop")
                            .hasMessageContaining("EventLoop.execute");
                    assertThatThrownBy(limiter::tryAcquire)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("tryAcquire in another loop");
                    assertThat(await(thrownBy(breaker.call(() -> Coroutine.of(1)))))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("CircuitBreaker: await in another loop");
                    assertThatThrownBy(breaker::state)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("state in another loop");
                    return Coroutine.done();
                });
    }

    @Test
    void aClosedLoopIsNamedAsTheReason() {
        useBoth();
        first.close();
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(limiter.acquire())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("that loop is closed: create a new one");
                    return Coroutine.done();
                });
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void anotherThreadIsRefused() {
        useBoth();
        assertThat(OtherThread.thrownBy(limiter::tryAcquire))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RateLimiter: tryAcquire on thread");
        assertThat(OtherThread.thrownBy(limiter::acquire))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acquire on thread");
        assertThat(OtherThread.thrownBy(() -> breaker.call(() -> Coroutine.of(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CircuitBreaker: call on thread");
        assertThat(OtherThread.thrownBy(breaker::state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state on thread");
    }
}
