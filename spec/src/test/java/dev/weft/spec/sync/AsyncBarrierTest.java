package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;

/** The barrier. */
class AsyncBarrierTest {
    private final AsyncBarrier three = new AsyncBarrier(3);
    private final List<String> trace = new ArrayList<>();

    private Task<Integer> party(String name) {
        return Task.create(name, () -> arriving(name));
    }

    @Async
    private Coroutine<Integer> arriving(String name) throws BrokenBarrierException {
        int place = await(three.arrive());
        trace.add(name + place);
        return Coroutine.of(place);
    }

    @Test
    void arriveReturnsTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        party(name);
                    }
                    await(iterations(3));
                    assertThat(trace).containsExactly("c2", "a0", "b1");
                    return Coroutine.done();
                });
    }

    @Test
    void theLastPartyDoesNotSuspend() {
        VirtualTime.run(
                () -> {
                    party("a");
                    party("b");
                    await(iterations(1));
                    assertThat(await(three.arrive())).isEqualTo(2);
                    assertThat(trace).isEmpty();
                    assertThat(three.waiting()).isZero();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a0", "b1");
                    return Coroutine.done();
                });
    }

    @Test
    void aBarrierOfOneNeverSuspends() {
        AsyncBarrier one = new AsyncBarrier(1);
        VirtualTime.run(
                () -> {
                    tracing(trace, "other", Coroutine.done());
                    assertThat(await(one.arrive())).isZero();
                    assertThat(await(one.arrive())).isZero();
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void waitingReturnsTheNumberOfWaitingParties() {
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 2; i++) {
                        assertThat(three.waiting()).isEqualTo(i);
                        party("p");
                        await(iterations(1));
                    }
                    assertThat(three.waiting()).isEqualTo(2);
                    party("p");
                    await(iterations(1));
                    assertThat(three.waiting()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aPartyThatArrivesAgainBelongsToTheNextRound() {
        VirtualTime.run(
                () -> {
                    party("a");
                    party("b");
                    await(iterations(1));
                    await(three.arrive());
                    party("c");
                    Task<Integer> again = Task.create(three::arrive);
                    await(iterations(1));
                    assertThat(trace).containsExactly("a0", "b1");
                    assertThat(three.waiting()).isEqualTo(2);
                    assertThat(await(three.arrive())).isEqualTo(2);
                    assertThat(await(again)).isEqualTo(1);
                    assertThat(trace).endsWith("c0");
                    return Coroutine.done();
                });
    }

    @Test
    void theNextRoundCanCompleteBeforeThePartiesOfTheFirstHaveRun() {
        AsyncBarrier two = new AsyncBarrier(2);
        VirtualTime.run(
                () -> {
                    Task<Integer> first = Task.create(two::arrive);
                    await(iterations(1));
                    assertThat(await(two.arrive())).isEqualTo(1);
                    Task<Integer> second = Task.create(two::arrive);
                    Task<Integer> third = Task.create(two::arrive);
                    await(iterations(1));
                    assertThat(first.result()).isZero();
                    assertThat(third.result()).isEqualTo(1);
                    assertThat(await(second)).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void nothingBreaksACompletedRound() {
        VirtualTime.run(
                () -> {
                    Task<Integer> a = party("a");
                    Task<Integer> b = party("b");
                    await(iterations(1));
                    await(three.arrive());
                    three.reset();
                    three.abort();
                    a.cancel();
                    await(iterations(1));
                    assertThat(a.cancelled()).isTrue();
                    assertThat(b.result()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledPartyLeavesAndDoesNotBreakTheBarrier() {
        VirtualTime.run(
                () -> {
                    Task<Integer> a = party("a");
                    party("b");
                    await(iterations(1));
                    a.cancel("enough");
                    assertThat(three.waiting()).isEqualTo(1);
                    assertThat(await(thrownBy(a)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(three.broken()).isFalse();
                    party("c");
                    party("d");
                    await(iterations(2));
                    assertThat(trace).containsExactly("d2", "b0", "c1");
                    return Coroutine.done();
                });
    }

    @Test
    void resetThrowsInTheWaitingPartiesAndTheBarrierCanBeUsedAgain() {
        VirtualTime.run(
                () -> {
                    Task<Integer> a = party("a");
                    Task<Integer> b = party("b");
                    await(iterations(1));
                    three.reset();
                    assertThat(three.waiting()).isZero();
                    assertThat(three.broken()).isFalse();
                    Throwable ofA = await(thrownBy(a));
                    Throwable ofB = await(thrownBy(b));
                    assertThat(ofA).isInstanceOf(BrokenBarrierException.class);
                    assertThat(ofB).isInstanceOf(BrokenBarrierException.class).isNotSameAs(ofA);
                    for (String name : List.of("c", "d", "e")) {
                        party(name);
                    }
                    await(iterations(2));
                    assertThat(trace).containsExactly("e2", "c0", "d1");
                    return Coroutine.done();
                });
    }

    @Test
    void resetWithoutWaitingPartiesDoesNothing() {
        VirtualTime.run(
                () -> {
                    three.reset();
                    assertThat(three.broken()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void abortThrowsInWaitingAndArrivingPartiesUntilReset() {
        VirtualTime.run(
                () -> {
                    Task<Integer> a = party("a");
                    await(iterations(1));
                    three.abort();
                    assertThat(three.broken()).isTrue();
                    assertThat(three.waiting()).isZero();
                    assertThat(await(thrownBy(a))).isInstanceOf(BrokenBarrierException.class);
                    assertThat(await(thrownBy(three.arrive())))
                            .isInstanceOf(BrokenBarrierException.class);
                    three.reset();
                    assertThat(three.broken()).isFalse();
                    party("b");
                    await(iterations(1));
                    assertThat(three.waiting()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aPartyThatArrivesAfterAResetIsNotBrokenByIt() {
        VirtualTime.run(
                () -> {
                    Task<Integer> old = party("old");
                    await(iterations(1));
                    three.reset();
                    party("a");
                    party("b");
                    await(iterations(1));
                    assertThat(await(three.arrive())).isEqualTo(2);
                    await(iterations(1));
                    assertThat(trace).containsExactly("a0", "b1");
                    await(thrownBy(old));
                    return Coroutine.done();
                });
    }

    @Test
    void aBarrierOfFewerThanOnePartyIsRefused() {
        assertThatThrownBy(() -> new AsyncBarrier(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
