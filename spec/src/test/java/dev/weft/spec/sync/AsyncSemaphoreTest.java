package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.sync.Lab.tell;
import static dev.weft.spec.sync.Lab.tracing;
import static dev.weft.spec.sync.Lab.turns;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest {
    private final AsyncSemaphore two = new AsyncSemaphore(2);
    private final List<String> trace = new ArrayList<>();

    @Test
    void asManyTasksPassAsThereArePermits() {
        tell(
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
        tell(
                () -> {
                    tracing(trace, "a", none.acquire());
                    await(turns(2));
                    assertThat(trace).isEmpty();
                    none.release();
                    await(turns(1));
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void permitsAreGivenInTheOrderInWhichTheTasksCame() {
        tell(
                () -> {
                    takeBoth();
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, two.acquire());
                    }
                    await(turns(1));
                    two.release();
                    two.release();
                    await(turns(1));
                    assertThat(trace).containsExactly("a", "b");
                    two.release();
                    await(turns(1));
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    private void takeBoth() {
        assertThat(two.tryAcquire()).isTrue();
        assertThat(two.tryAcquire()).isTrue();
    }

    @Test
    void tryAcquireIsRefusedWhileSomebodyIsInLineEvenIfPermitsAreLeftOver() {
        tell(
                () -> {
                    takeBoth();
                    tracing(trace, "a", two.acquire());
                    await(turns(1));
                    two.release();
                    two.release();
                    assertThat(two.tryAcquire()).isFalse();
                    assertThat(two.locked()).isTrue();
                    await(turns(1));
                    assertThat(two.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void whoComesWhilePermitsAreLeftOverWaitsForOneIterationOnly() {
        tell(
                () -> {
                    takeBoth();
                    tracing(trace, "a", two.acquire());
                    await(turns(1));
                    two.release();
                    two.release();
                    await(two.acquire());
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledAfterItWasWokenPassesThePermitOn() {
        tell(
                () -> {
                    takeBoth();
                    List<Task<Void>> tasks = new ArrayList<>();
                    for (String name : List.of("a", "b", "c", "d")) {
                        tasks.add(tracing(trace, name, two.acquire()));
                    }
                    await(turns(1));
                    two.release();
                    two.release();
                    tasks.get(0).cancel();
                    tasks.get(1).cancel();
                    await(turns(2));
                    assertThat(trace).containsExactly("c", "d");
                    return Coroutine.done();
                });
    }

    @Test
    void thePermitOfACancelledWaiterIsFreeIfNobodyElseWaits() {
        tell(
                () -> {
                    takeBoth();
                    Task<Void> a = tracing(trace, "a", two.acquire());
                    await(turns(1));
                    two.release();
                    a.cancel();
                    await(turns(1));
                    assertThat(two.tryAcquire()).isTrue();
                    assertThat(two.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void withTakesAPermitAndGivesItBack() {
        tell(
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, two.with(() -> sleep(ofSeconds(1))));
                    }
                    await(sleep(ofSeconds(1)));
                    await(turns(1));
                    assertThat(trace).containsExactly("a", "b");
                    await(sleep(ofSeconds(1)));
                    await(turns(1));
                    assertThat(trace).containsExactly("a", "b", "c");
                    takeBoth();
                    return Coroutine.done();
                });
    }

    @Test
    void moreMayBeReleasedThanWereAcquired() {
        tell(
                () -> {
                    two.release();
                    takeBoth();
                    assertThat(two.tryAcquire()).isTrue();
                    assertThat(two.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void overReleasingABoundedOneIsMisuse() {
        AsyncSemaphore bounded = AsyncSemaphore.bounded(2);
        tell(
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
        tell(
                () -> {
                    await(bounded.acquire());
                    tracing(trace, "a", bounded.acquire());
                    await(turns(1));
                    bounded.release();
                    assertThatThrownBy(bounded::release).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aNumberBelowZeroIsRefused() {
        assertThatThrownBy(() -> new AsyncSemaphore(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> AsyncSemaphore.bounded(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
