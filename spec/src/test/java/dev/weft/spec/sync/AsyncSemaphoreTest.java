package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The semaphore. */
class AsyncSemaphoreTest {
    private final AsyncSemaphore two = new AsyncSemaphore(2);
    private final List<String> trace = new ArrayList<>();

    @Test
    void atMostAsManyTasksPassAsThereArePermits() {
        VirtualTime.run(
                () -> {
                    await(two.acquire());
                    assertThat(two.locked()).isFalse();
                    await(two.acquire());
                    assertThat(two.locked()).isTrue();
                    assertThat(two.tryAcquire()).isFalse();
                    two.release();
                    assertThat(two.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aSemaphoreWithoutPermitsWaitsForARelease() {
        AsyncSemaphore none = new AsyncSemaphore(0);
        VirtualTime.run(
                () -> {
                    tracing(trace, "a", none.acquire());
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    none.release();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void permitsAreGrantedInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    takeBoth();
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, two.acquire());
                    }
                    await(iterations(1));
                    two.release();
                    two.release();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b");
                    two.release();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    private void takeBoth() {
        assertThat(two.tryAcquire()).isTrue();
        assertThat(two.tryAcquire()).isTrue();
    }

    @Test
    void tryAcquireIsRefusedWhileATaskWaitsEvenIfPermitsAreFree() {
        VirtualTime.run(
                () -> {
                    takeBoth();
                    tracing(trace, "a", two.acquire());
                    await(iterations(1));
                    two.release();
                    two.release();
                    assertThat(two.tryAcquire()).isFalse();
                    assertThat(two.locked()).isTrue();
                    await(iterations(1));
                    assertThat(two.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatComesWhilePermitsAreFreeWaitsForOneIterationOnly() {
        VirtualTime.run(
                () -> {
                    takeBoth();
                    tracing(trace, "a", two.acquire());
                    await(iterations(1));
                    two.release();
                    two.release();
                    await(two.acquire());
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledAfterItWasWokenPassesThePermitOn() {
        VirtualTime.run(
                () -> {
                    takeBoth();
                    List<Task<Void>> tasks = new ArrayList<>();
                    for (String name : List.of("a", "b", "c", "d")) {
                        tasks.add(tracing(trace, name, two.acquire()));
                    }
                    await(iterations(1));
                    two.release();
                    two.release();
                    tasks.get(0).cancel();
                    tasks.get(1).cancel();
                    await(iterations(2));
                    assertThat(trace).containsExactly("c", "d");
                    return Coroutine.done();
                });
    }

    @Test
    void thePermitOfACancelledWaiterIsFreeIfNoOtherWaits() {
        VirtualTime.run(
                () -> {
                    takeBoth();
                    Task<Void> a = tracing(trace, "a", two.acquire());
                    await(iterations(1));
                    two.release();
                    a.cancel();
                    await(iterations(1));
                    assertThat(two.tryAcquire()).isTrue();
                    assertThat(two.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void withAcquiresAPermitAndReleasesIt() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, two.with(() -> sleep(ofSeconds(1))));
                    }
                    await(sleep(ofSeconds(1)));
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b");
                    await(sleep(ofSeconds(1)));
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b", "c");
                    takeBoth();
                    return Coroutine.done();
                });
    }

    @Test
    void moreMayBeReleasedThanWereAcquired() {
        VirtualTime.run(
                () -> {
                    two.release();
                    takeBoth();
                    assertThat(two.tryAcquire()).isTrue();
                    assertThat(two.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void overReleasingABoundedSemaphoreIsRefused() {
        AsyncSemaphore bounded = AsyncSemaphore.bounded(2);
        VirtualTime.run(
                () -> {
                    await(bounded.acquire());
                    bounded.release();
                    assertThatThrownBy(bounded::release)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("all 2 permits are free");
                    return Coroutine.done();
                });
    }

    @Test
    void aPermitThatAWokenWaiterHasNotTakenYetCountsAsFree() {
        AsyncSemaphore bounded = AsyncSemaphore.bounded(1);
        VirtualTime.run(
                () -> {
                    await(bounded.acquire());
                    tracing(trace, "a", bounded.acquire());
                    await(iterations(1));
                    bounded.release();
                    assertThatThrownBy(bounded::release).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aNegativeNumberOfPermitsIsRefused() {
        assertThatThrownBy(() -> new AsyncSemaphore(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> AsyncSemaphore.bounded(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
