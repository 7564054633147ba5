package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue: last-in-first-out and priority order. */
class QueueOrderTest {
    private record Job(int urgency, String name) {}

    private static final Comparator<Job> BY_URGENCY = Comparator.comparingInt(Job::urgency);

    @Test
    void theLastItemLeavesALifoQueueFirst() {
        AsyncQueue<Integer> lifo = AsyncQueue.lifo(3);
        VirtualTime.run(
                () -> {
                    for (int i = 1; i <= 3; i++) {
                        await(lifo.put(i));
                    }
                    assertThat(lifo.tryPut(4)).isFalse();
                    assertThat(await(lifo.get())).isEqualTo(3);
                    await(lifo.put(5));
                    assertThat(drained(lifo)).containsExactly(5, 2, 1);
                    return Coroutine.done();
                });
    }

    @Test
    void theSmallestItemLeavesAPriorityQueueFirst() {
        AsyncQueue<Integer> queue = AsyncQueue.priority(Comparator.naturalOrder());
        VirtualTime.run(
                () -> {
                    for (int i : new int[] {5, 1, 4, 2, 3}) {
                        await(queue.put(i));
                    }
                    assertThat(drained(queue)).containsExactly(1, 2, 3, 4, 5);
                    return Coroutine.done();
                });
    }

    @Test
    void itemsOfEqualPriorityLeaveInTheOrderOfArrival() {
        AsyncQueue<Job> queue = AsyncQueue.priority(BY_URGENCY);
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 40; i++) {
                        await(queue.put(new Job(i % 4, "" + i)));
                    }
                    List<Job> all = drained(queue);
                    assertThat(all).isSortedAccordingTo(BY_URGENCY);
                    for (int urgency = 0; urgency < 4; urgency++) {
                        int only = urgency;
                        assertThat(all)
                                .filteredOn(job -> job.urgency() == only)
                                .isSortedAccordingTo(
                                        Comparator.comparingInt(
                                                job -> Integer.parseInt(job.name())));
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aBoundedPriorityQueueMakesPuttersWait() {
        AsyncQueue<Integer> queue = AsyncQueue.priority(2, Comparator.reverseOrder());
        VirtualTime.run(
                () -> {
                    await(queue.put(1));
                    await(queue.put(2));
                    Task<Void> third = Task.create(queue.put(3));
                    await(iterations(1));
                    assertThat(await(queue.get())).isEqualTo(2);
                    await(third);
                    assertThat(drained(queue)).containsExactly(3, 1);
                    return Coroutine.done();
                });
    }

    @Test
    void anItemThatCannotBeComparedIsNotPutAndTheNextPutterIsServed() {
        AsyncQueue<Job> queue = AsyncQueue.priority(2, QueueOrderTest::compareUnlessBad);
        Job last = new Job(2, "last");
        VirtualTime.run(
                () -> {
                    await(queue.put(new Job(1, "first")));
                    await(queue.put(last));
                    Task<Void> bad = Task.create(queue.put(new Job(1, "bad")));
                    Task<Void> next = Task.create(queue.put(new Job(1, "next")));
                    await(iterations(1));
                    await(queue.get());
                    await(next);
                    assertThat(await(thrownBy(bad))).isInstanceOf(ClassCastException.class);
                    assertThat(drained(queue)).hasSize(2).endsWith(last);
                    return Coroutine.done();
                });
    }

    private static int compareUnlessBad(Job a, Job b) {
        if (a.name().equals("bad") || b.name().equals("bad")) {
            throw new ClassCastException("bad");
        }
        return BY_URGENCY.compare(a, b);
    }

    private static <T> List<T> drained(AsyncQueue<T> queue) {
        List<T> all = new ArrayList<>();
        for (T item = queue.tryGet(); item != null; item = queue.tryGet()) {
            all.add(item);
        }
        return all;
    }
}
