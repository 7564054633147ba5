package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which tasks that wait at a queue are served, and their cancellation. */
class QueueWaitersTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>();
    private final AsyncQueue<String> one = new AsyncQueue<>(1);
    private final List<String> trace = new ArrayList<>();

    /** Creates a task that traces the item that it gets. */
    private Task<Void> getter(AsyncQueue<String> from) {
        return Task.create(() -> getting(from));
    }

    @Async
    private Coroutine<Void> getting(AsyncQueue<String> from) {
        trace.add(await(from.get()));
        return Coroutine.done();
    }

    @Test
    void aGetterReceivesTheItemThatIsFirstWhenItRuns() {
        AsyncQueue<String> lifo = AsyncQueue.lifo();
        VirtualTime.run(
                () -> {
                    getter(lifo);
                    await(iterations(1));
                    await(lifo.put("x"));
                    await(lifo.put("y"));
                    assertThat(lifo.size()).as("until then the item counts").isEqualTo(2);
                    await(iterations(1));
                    assertThat(trace).containsExactly("y");
                    assertThat(lifo.size()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void nothingOvertakesAGetterThatIsWokenAndHasNotRun() {
        VirtualTime.run(
                () -> {
                    getter(queue);
                    await(iterations(1));
                    await(queue.put("x"));
                    assertThat(queue.tryGet()).isNull();
                    await(queue.put("y"));
                    assertThat(queue.tryGet()).as("even though an item is left over").isNull();
                    assertThat(await(queue.get())).isEqualTo("y");
                    assertThat(trace).containsExactly("x");
                    return Coroutine.done();
                });
    }

    @Test
    void nothingOvertakesAPutterThatIsWokenAndHasNotRun() {
        VirtualTime.run(
                () -> {
                    await(one.put("w"));
                    tracing(trace, "x", one.put("x"));
                    await(iterations(1));
                    await(one.get());
                    assertThat(one.isFull()).isFalse();
                    assertThat(one.tryPut("late")).isFalse();
                    Task<Void> late = tracing(trace, "late", one.put("late"));
                    assertThat(await(one.get())).isEqualTo("x");
                    await(late);
                    assertThat(trace).containsExactly("x", "late");
                    return Coroutine.done();
                });
    }

    @Test
    void aPutterThatComesWhileThereIsRoomWaitsForOneIterationOnly() {
        AsyncQueue<String> two = new AsyncQueue<>(2);
        VirtualTime.run(
                () -> {
                    await(two.put("v"));
                    await(two.put("w"));
                    tracing(trace, "x", two.put("x"));
                    await(iterations(1));
                    await(two.get());
                    await(two.get());
                    await(two.put("y"));
                    assertThat(trace).containsExactly("x");
                    return Coroutine.done();
                });
    }

    @Test
    void theItemOfAGetterThatIsCancelledAfterItWasWokenGoesToTheNext() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = getter(queue);
                    Task<Void> b = getter(queue);
                    await(iterations(1));
                    await(queue.put("x"));
                    a.cancel();
                    await(b);
                    assertThat(a.cancelled()).isTrue();
                    assertThat(trace).containsExactly("x");
                    return Coroutine.done();
                });
    }

    @Test
    void theItemOfACancelledGetterStaysIfNoOtherWaits() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = getter(queue);
                    await(iterations(1));
                    await(queue.put("x"));
                    await(queue.put("y"));
                    a.cancel();
                    await(iterations(1));
                    assertThat(queue.tryGet()).isEqualTo("x");
                    assertThat(queue.tryGet()).isEqualTo("y");
                    return Coroutine.done();
                });
    }

    @Test
    void theTurnOfAPutterThatIsCancelledAfterItWasWokenGoesToTheNext() {
        VirtualTime.run(
                () -> {
                    await(one.put("w"));
                    Task<Void> x = tracing(trace, "x", one.put("x"));
                    Task<Void> y = tracing(trace, "y", one.put("y"));
                    await(iterations(1));
                    await(one.get());
                    x.cancel();
                    await(y);
                    assertThat(x.cancelled()).isTrue();
                    assertThat(await(one.get())).as("a cancelled put adds no item").isEqualTo("y");
                    assertThat(one.isEmpty()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void cancelledWaitersLeaveTheWaitQueueAtOnce() {
        VirtualTime.run(
                () -> {
                    Task<Void> getter = getter(queue);
                    await(one.put("w"));
                    Task<Void> putter = tracing(trace, "x", one.put("x"));
                    await(iterations(1));
                    getter.cancel();
                    putter.cancel();
                    await(queue.put("y"));
                    assertThat(queue.tryGet()).isEqualTo("y");
                    await(one.get());
                    assertThat(one.tryPut("z")).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutLosesNoItem() {
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(timeout(ofSeconds(1), queue.get())))).isNotNull();
                    await(queue.put("x"));
                    assertThat(await(timeout(ofSeconds(1), queue.get()))).isEqualTo("x");
                    return Coroutine.done();
                });
    }
}
