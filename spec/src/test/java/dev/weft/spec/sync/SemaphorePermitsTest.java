package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The semaphore: several permits at once. */
class SemaphorePermitsTest {
    private final AsyncSemaphore five = AsyncSemaphore.bounded(5);
    private final List<String> trace = new ArrayList<>();

    @Test
    void severalPermitsAreAcquiredAndReleasedAtOnce() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(3));
                    await(five.acquire(2));
                    assertThat(five.locked()).isTrue();
                    five.release(5);
                    await(five.acquire(5));
                    assertThat(five.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskWaitsUntilAllItsPermitsAreFree() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(4));
                    tracing(trace, "three", five.acquire(3));
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    five.release();
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    five.release();
                    await(iterations(2));
                    assertThat(trace).containsExactly("three");
                    return Coroutine.done();
                });
    }

    @Test
    void aSmallRequestDoesNotOvertakeALargeOneThatWaits() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(4));
                    tracing(trace, "large", five.acquire(3));
                    tracing(trace, "small", five.acquire(1));
                    await(iterations(2));
                    assertThat(five.tryAcquire()).isFalse();
                    assertThat(trace).isEmpty();
                    five.release(4);
                    await(iterations(3));
                    assertThat(trace).containsExactly("large", "small");
                    return Coroutine.done();
                });
    }

    @Test
    void oneReleaseWakesSeveralTasksInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(5));
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, five.acquire(2));
                    }
                    await(iterations(1));
                    five.release(5);
                    await(iterations(3));
                    assertThat(trace).containsExactly("a", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledLargeRequestLetsTheNextTaskPass() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(4));
                    Task<Void> large = tracing(trace, "large", five.acquire(5));
                    tracing(trace, "small", five.acquire(1));
                    await(iterations(2));
                    large.cancel();
                    await(iterations(2));
                    assertThat(trace).containsExactly("small");
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestThatIsCancelledAfterItWasWokenGivesAllItsPermitsBack() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(5));
                    Task<Void> three = tracing(trace, "three", five.acquire(3));
                    await(iterations(1));
                    five.release(5);
                    three.cancel();
                    await(iterations(2));
                    await(five.acquire(5));
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutLosesNoPermit() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(3));
                    assertThat(await(thrownBy(timeout(ofSeconds(1), five.acquire(3)))))
                            .isInstanceOf(TimeoutException.class);
                    five.release(3);
                    await(five.acquire(5));
                    return Coroutine.done();
                });
    }

    @Test
    void overReleasingABoundedSemaphoreIsRefusedAndReleasesNothing() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(2));
                    assertThatThrownBy(() -> five.release(3))
                            .isInstanceOf(IllegalStateException.class);
                    await(five.acquire(3));
                    assertThat(five.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void anUnboundedSemaphoreMayBeReleasedBeyondItsFirstPermits() {
        AsyncSemaphore none = new AsyncSemaphore(0);
        VirtualTime.run(
                () -> {
                    none.release(7);
                    await(none.acquire(7));
                    assertThat(none.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void zeroPermitsAreAcquiredWithoutASuspension() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(5));
                    tracing(trace, "other", Coroutine.done());
                    await(five.acquire(0));
                    assertThat(trace).isEmpty();
                    five.release(0);
                    assertThat(five.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void negativeNumbersAreRefusedAtTheCall() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(() -> five.acquire(-1).close())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("-1");
                    assertThatThrownBy(() -> five.release(-1))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("-1");
                    return Coroutine.done();
                });
    }

    @Test
    void theCoroutineOfAnAcquireCanBeAwaitedOnce() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> acquire = five.acquire(2);
                    assertThat(five.locked()).isFalse();
                    await(acquire);
                    assertThat(await(thrownBy(acquire))).isInstanceOf(IllegalStateException.class);
                    five.release(2);
                    await(five.acquire(5));
                    return Coroutine.done();
                });
    }

    @Test
    void callsFromAnotherThreadAreRefused() {
        VirtualTime.run(
                () -> {
                    await(five.acquire(1));
                    assertThat(OtherThread.thrownBy(() -> five.release(1)))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(OtherThread.thrownBy(() -> five.acquire(1).close()))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }
}
