package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Producers and consumers that start, end and are cancelled at random: every item is received once
 * and in order.
 */
class QueueFuzzTest {
    private final List<Integer> put = new ArrayList<>();
    private final List<Integer> got = new ArrayList<>();
    private int numbers;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 40})
    void everyItemIsReceivedOnceAndInOrder(int capacity) {
        for (int seed = 0; seed < 60; seed++) {
            put.clear();
            got.clear();
            Random random = new Random(31L * seed + capacity);
            VirtualTime.run(() -> traffic(new AsyncQueue<>(capacity), random));
            assertThat(got).as("seed %d", seed).isEqualTo(put);
        }
    }

    @Async
    private Coroutine<Void> traffic(AsyncQueue<Integer> queue, Random random) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            int times = 1 + random.nextInt(5);
            if (random.nextBoolean()) {
                tasks.add(Task.create(() -> produce(queue, times)));
            } else {
                tasks.add(Task.create(() -> consume(queue, times)));
            }
            if (random.nextInt(3) == 0) {
                await(iterations(1));
            }
            if (random.nextInt(2) == 0) {
                tasks.get(random.nextInt(tasks.size())).cancel();
            }
            tryBothSides(queue, random);
            assertThat(capacityIsKept(queue)).isTrue();
        }
        await(iterations(10));
        await(settle(queue));
        queue.shutdown(false);
        for (Task<Void> task : tasks) {
            await(thrownBy(task));
        }
        return Coroutine.done();
    }

    /** Takes the items that are left until no producer waits. */
    @Async
    private Coroutine<Void> settle(AsyncQueue<Integer> queue) {
        while (!queue.isEmpty()) {
            Integer item = queue.tryGet();
            if (item != null) {
                got.add(item);
            }
            await(iterations(1));
        }
        return Coroutine.done();
    }

    private void tryBothSides(AsyncQueue<Integer> queue, Random random) {
        if (random.nextInt(4) == 0 && queue.tryPut(numbers)) {
            put.add(numbers++);
        }
        if (random.nextInt(4) == 0) {
            Integer item = queue.tryGet();
            if (item != null) {
                got.add(item);
            }
        }
    }

    private static boolean capacityIsKept(AsyncQueue<?> queue) {
        return queue.capacity() == 0 || queue.size() <= queue.capacity();
    }

    @Async
    private Coroutine<Void> produce(AsyncQueue<Integer> queue, int times) {
        for (int i = 0; i < times; i++) {
            int number = numbers++;
            await(queue.put(number));
            put.add(number);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> consume(AsyncQueue<Integer> queue, int times) {
        for (int i = 0; i < times; i++) {
            got.add(await(queue.get()));
        }
        return Coroutine.done();
    }
}
