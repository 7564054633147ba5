package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue: put, get and their variants without a wait. */
class AsyncQueueTest {
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
    void itemsLeaveInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        await(queue.put("" + i));
                    }
                    for (int i = 0; i < 50; i++) {
                        assertThat(await(queue.get())).isEqualTo("" + i);
                        await(queue.put("" + (100 + i)));
                    }
                    for (int i = 50; i < 150; i++) {
                        assertThat(await(queue.get())).isEqualTo("" + i);
                    }
                    assertThat(queue.isEmpty()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void putAndGetDoNotSuspendIfThereIsRoomOrAnItem() {
        VirtualTime.run(
                () -> {
                    tracing(trace, "other", Coroutine.done());
                    await(one.put("x"));
                    assertThat(await(one.get())).isEqualTo("x");
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void nothingHappensBeforeTheAwait() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> put = queue.put("x");
                    Coroutine<String> get = queue.get();
                    assertThat(queue.size()).isZero();
                    await(put);
                    assertThat(queue.size()).isEqualTo(1);
                    await(get);
                    assertThat(queue.size()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void getWaitsForAnItem() {
        VirtualTime.run(
                () -> {
                    Task<Void> getter = getter(queue);
                    await(sleep(ofSeconds(1)));
                    assertThat(trace).isEmpty();
                    await(queue.put("x"));
                    await(getter);
                    assertThat(trace).containsExactly("x");
                    return Coroutine.done();
                });
    }

    @Test
    void putWaitsForRoom() {
        VirtualTime.run(
                () -> {
                    await(one.put("x"));
                    tracing(trace, "put", one.put("y"));
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    assertThat(await(one.get())).isEqualTo("x");
                    assertThat(one.size()).as("y is added only when its putter runs").isZero();
                    await(iterations(1));
                    assertThat(trace).containsExactly("put");
                    assertThat(await(one.get())).isEqualTo("y");
                    return Coroutine.done();
                });
    }

    @Test
    void gettersAreServedInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    List<Task<String>> getters = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        getters.add(Task.create(queue::get));
                    }
                    await(iterations(1));
                    for (String item : List.of("x", "y", "z")) {
                        await(queue.put(item));
                    }
                    await(iterations(1));
                    assertThat(getters).extracting(Task::result).containsExactly("x", "y", "z");
                    return Coroutine.done();
                });
    }

    @Test
    void puttersAreServedInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    await(one.put("w"));
                    for (String item : List.of("x", "y", "z")) {
                        tracing(trace, item, one.put(item));
                    }
                    await(iterations(1));
                    for (String item : List.of("w", "x", "y", "z")) {
                        assertThat(await(one.get())).isEqualTo(item);
                        await(iterations(1));
                    }
                    assertThat(trace).containsExactly("x", "y", "z");
                    return Coroutine.done();
                });
    }

    @Test
    void tryPutAddsIfThereIsRoom() {
        VirtualTime.run(
                () -> {
                    assertThat(one.tryPut("x")).isTrue();
                    assertThat(one.tryPut("y")).isFalse();
                    assertThat(one.tryGet()).isEqualTo("x");
                    assertThat(one.tryPut("z")).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void tryGetIsNullWhenTheQueueIsEmpty() {
        VirtualTime.run(
                () -> {
                    assertThat(queue.tryGet()).isNull();
                    return Coroutine.done();
                });
    }

    @Test
    void sizeCapacityIsEmptyAndIsFullAgree() {
        AsyncQueue<String> two = new AsyncQueue<>(2);
        VirtualTime.run(
                () -> {
                    assertThat(two.capacity()).isEqualTo(2);
                    assertThat(two.isEmpty()).isTrue();
                    await(two.put("x"));
                    assertThat(two.size()).isEqualTo(1);
                    assertThat(two.isEmpty() || two.isFull()).isFalse();
                    await(two.put("y"));
                    assertThat(two.isFull()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void capacityZeroIsUnbounded() {
        VirtualTime.run(
                () -> {
                    assertThat(queue.capacity()).isZero();
                    for (int i = 0; i < 1000; i++) {
                        assertThat(queue.tryPut("x")).isTrue();
                    }
                    assertThat(queue.isFull()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void negativeCapacitiesAndNullsAreRefusedAtTheCall() {
        assertThatThrownBy(() -> new AsyncQueue<>(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AsyncQueue.lifo(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AsyncQueue.priority(-1, Comparator.<String>naturalOrder()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AsyncQueue.priority(null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.put(null).close()).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.tryPut(null)).isInstanceOf(NullPointerException.class);
    }
}
