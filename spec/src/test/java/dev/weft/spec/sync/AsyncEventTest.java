package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The event. */
class AsyncEventTest {
    private final AsyncEvent event = new AsyncEvent();
    private final List<String> trace = new ArrayList<>();

    @Test
    void waitersContinueInTheNextIterationInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, event.waitFor());
                    }
                    await(iterations(1));
                    event.set();
                    assertThat(trace).isEmpty();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    @Test
    void waitingForAnEventThatIsSetDoesNotSuspend() {
        VirtualTime.run(
                () -> {
                    event.set();
                    tracing(trace, "other", Coroutine.done());
                    await(event.waitFor());
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void anEventStaysSetUntilItIsCleared() {
        VirtualTime.run(
                () -> {
                    assertThat(event.isSet()).isFalse();
                    event.set();
                    event.set();
                    assertThat(event.isSet()).isTrue();
                    event.clear();
                    assertThat(event.isSet()).isFalse();
                    tracing(trace, "a", event.waitFor());
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void waitersContinueEvenIfTheEventIsClearedAtOnce() {
        VirtualTime.run(
                () -> {
                    tracing(trace, "a", event.waitFor());
                    await(iterations(1));
                    event.set();
                    event.clear();
                    tracing(trace, "late", event.waitFor());
                    await(iterations(2));
                    assertThat(trace).containsExactly("a");
                    event.set();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "late");
                    return Coroutine.done();
                });
    }

    @Test
    void settingAnEventTwiceWakesEachWaiterOnce() {
        VirtualTime.run(
                () -> {
                    tracing(trace, "a", event.waitFor());
                    await(iterations(1));
                    event.set();
                    event.clear();
                    event.set();
                    await(iterations(3));
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void theEventIsCheckedWhenTheWaitIsAwaited() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> wait = event.waitFor();
                    event.set();
                    await(wait);
                    Coroutine<Void> again = event.waitFor();
                    event.clear();
                    tracing(trace, "a", again);
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledWaiterLeavesAndTheOthersStay() {
        VirtualTime.run(
                () -> {
                    List<Task<Void>> tasks = new ArrayList<>();
                    for (String name : List.of("a", "b", "c")) {
                        tasks.add(tracing(trace, name, event.waitFor()));
                    }
                    await(iterations(1));
                    tasks.get(1).cancel("enough");
                    event.set();
                    tasks.get(2).cancel();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a");
                    assertThat(tasks.get(2).cancelled())
                            .as("even if it was already woken")
                            .isTrue();
                    assertThat(await(thrownBy(tasks.get(1))))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }
}
