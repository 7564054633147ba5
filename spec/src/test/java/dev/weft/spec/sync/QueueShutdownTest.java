package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.QueueShutdownException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue: shutdown. */
class QueueShutdownTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>(2);
    private final List<String> trace = new ArrayList<>();

    @Test
    void nothingCanBePutAfterAShutdown() {
        VirtualTime.run(
                () -> {
                    assertThat(queue.isShutdown()).isFalse();
                    queue.shutdown(false);
                    assertThat(queue.isShutdown()).isTrue();
                    assertThat(await(thrownBy(queue.put("x"))))
                            .isInstanceOf(QueueShutdownException.class);
                    assertThatThrownBy(() -> queue.tryPut("x"))
                            .isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void remainingItemsCanBeTakenAfterAShutdown() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    await(queue.put("y"));
                    queue.shutdown(false);
                    assertThat(await(queue.get())).isEqualTo("x");
                    assertThat(queue.tryGet()).isEqualTo("y");
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(QueueShutdownException.class);
                    assertThatThrownBy(queue::tryGet).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void anImmediateShutdownDropsTheItems() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    queue.shutdown(true);
                    assertThat(queue.size()).isZero();
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(QueueShutdownException.class);
                    assertThatThrownBy(queue::tryGet).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void anImmediateShutdownMayFollowAnOrdinaryOne() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    queue.shutdown(false);
                    queue.shutdown(true);
                    assertThat(queue.isEmpty()).isTrue();
                    queue.shutdown(false);
                    return Coroutine.done();
                });
    }

    @Test
    void waitingGettersGetQueueShutdownException() {
        VirtualTime.run(
                () -> {
                    Task<String> a = Task.create(queue::get);
                    Task<String> b = Task.create(queue::get);
                    await(iterations(1));
                    queue.shutdown(false);
                    assertThat(await(thrownBy(a))).isInstanceOf(QueueShutdownException.class);
                    assertThat(await(thrownBy(b))).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void waitingPuttersGetQueueShutdownExceptionAndPutNothing() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    await(queue.put("y"));
                    Task<Void> a = Task.create(queue.put("z"));
                    await(iterations(1));
                    queue.shutdown(false);
                    assertThat(await(thrownBy(a))).isInstanceOf(QueueShutdownException.class);
                    assertThat(queue.size()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void aPutterWokenJustBeforeTheShutdownGetsQueueShutdownException() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    await(queue.put("y"));
                    Task<Void> a = Task.create(queue.put("z"));
                    await(iterations(1));
                    await(queue.get());
                    queue.shutdown(false);
                    assertThat(await(thrownBy(a))).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theFirstWaitingGettersStillGetTheRemainingItems() {
        VirtualTime.run(
                () -> {
                    Task<String> a = Task.create(queue::get);
                    Task<String> b = Task.create(queue::get);
                    await(iterations(1));
                    await(queue.put("x"));
                    queue.shutdown(false);
                    assertThat(queue.tryGet()).as("tryGet overtakes no waiting getter").isNull();
                    assertThat(await(a)).isEqualTo("x");
                    assertThat(await(thrownBy(b))).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aGetterThatComesAfterAWokenOneGetsQueueShutdownException() {
        VirtualTime.run(
                () -> {
                    Task<String> a = Task.create(queue::get);
                    await(iterations(1));
                    await(queue.put("x"));
                    queue.shutdown(false);
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(QueueShutdownException.class);
                    assertThat(a.result()).isEqualTo("x");
                    return Coroutine.done();
                });
    }

    @Test
    void anImmediateShutdownTakesTheItemFromAWokenGetter() {
        VirtualTime.run(
                () -> {
                    Task<String> a = Task.create(queue::get);
                    await(iterations(1));
                    await(queue.put("x"));
                    queue.shutdown(true);
                    assertThat(await(thrownBy(a))).isInstanceOf(QueueShutdownException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationInTheIterationOfTheShutdownStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Task<String> a = Task.create(queue::get);
                    await(iterations(1));
                    queue.shutdown(false);
                    a.cancel();
                    assertThat(await(thrownBy(a))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void joinStillWaitsForRemainingItemsAfterAShutdown() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    queue.shutdown(false);
                    tracing(trace, "joined", queue.join());
                    await(queue.get());
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    queue.taskDone();
                    await(iterations(1));
                    assertThat(trace).containsExactly("joined");
                    return Coroutine.done();
                });
    }

    @Test
    void droppedItemsCountAsDone() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    await(queue.put("y"));
                    await(queue.get());
                    tracing(trace, "joined", queue.join());
                    await(iterations(1));
                    queue.shutdown(true);
                    await(iterations(1));
                    assertThat(trace).as("the item x was taken and is not done").isEmpty();
                    queue.taskDone();
                    await(iterations(1));
                    assertThat(trace).containsExactly("joined");
                    return Coroutine.done();
                });
    }

    @Test
    void anImmediateShutdownDropsTheItemsOfEveryKindOfQueue() {
        VirtualTime.run(
                () -> {
                    List<AsyncQueue<String>> queues =
                            List.of(
                                    new AsyncQueue<>(),
                                    AsyncQueue.lifo(),
                                    AsyncQueue.priority(naturalOrder()));
                    for (AsyncQueue<String> each : queues) {
                        await(each.put("x"));
                        await(each.put("y"));
                        each.shutdown(true);
                        assertThat(each.isEmpty()).isTrue();
                        await(each.join()); // dropped items count as done
                    }
                    return Coroutine.done();
                });
    }
}
