package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import dev.weft.sync.QueueShutdownException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.Test;

/** The examples for the primitives of the package {@code dev.weft.sync}. */
class SyncExamplesTest {
    private final List<String> log = new ArrayList<>();

    /** Appends {@code text} to the log after one second. */
    @Async
    private Coroutine<String> write(String text) {
        await(sleep(ofSeconds(1)));
        log.add(elapsed().toSeconds() + " s: " + text);
        return Coroutine.of(text);
    }

    private final AsyncLock lock = new AsyncLock();

    @Async
    Coroutine<Void> append(String record) {
        await(lock.with(() -> write(record))); // one at a time, in the order in which they came
        return Coroutine.done();
    }

    @Test
    void theExampleOfAsyncLock() {
        VirtualTime.run(() -> Coroutine.of(await(gather(append("a"), append("b")))));
        assertThat(log).containsExactly("1 s: a", "2 s: b");
    }

    private final AsyncSemaphore connections = AsyncSemaphore.bounded(2);

    Coroutine<String> fetch(String url) {
        return connections.with(() -> write(url)); // two at a time
    }

    @Test
    void theExampleOfAsyncSemaphore() {
        VirtualTime.run(() -> Coroutine.of(await(gather(fetch("a"), fetch("b"), fetch("c")))));
        assertThat(log).containsExactly("1 s: a", "1 s: b", "2 s: c");
    }

    private final AsyncEvent opened = new AsyncEvent();

    @Async
    Coroutine<Void> guest(String name) {
        await(opened.waitFor()); // until somebody calls opened.set()
        await(write(name));
        return Coroutine.done();
    }

    @Test
    void theExampleOfAsyncEvent() {
        VirtualTime.run(
                () -> {
                    Task<Void> early = Task.create(guest("early"));
                    await(sleep(ofSeconds(5)));
                    opened.set();
                    await(gather(early, guest("late")));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("6 s: early", "6 s: late");
    }

    private final AsyncCondition changed = new AsyncCondition();
    private final Deque<String> jobs = new ArrayDeque<>();

    Coroutine<String> take() {
        return changed.lock()
                .with(
                        () -> {
                            await(changed.waitFor(() -> !jobs.isEmpty())); // the lock is free then
                            return Coroutine.of(jobs.remove());
                        });
    }

    Coroutine<Void> give(String job) {
        return changed.lock()
                .with(
                        () -> {
                            jobs.add(job);
                            changed.signal();
                            return Coroutine.done();
                        });
    }

    @Test
    void theExampleOfAsyncCondition() {
        VirtualTime.run(
                () -> {
                    Task<String> taken = Task.create(take());
                    await(sleep(ofSeconds(1)));
                    assertThat(taken.done()).isFalse();
                    await(give("job"));
                    assertThat(await(taken)).isEqualTo("job");
                    return Coroutine.done();
                });
    }

    private final AsyncQueue<String> queue = new AsyncQueue<>(100);

    @Async
    Coroutine<Void> worker() {
        while (true) {
            String job = await(queue.get()); // waits while the queue is empty
            await(write(job));
            queue.taskDone();
        }
    }

    @Async
    Coroutine<Void> produce(List<String> all) {
        for (String job : all) {
            await(queue.put(job)); // waits while the queue is full
        }
        await(queue.join()); // until all work is done
        return Coroutine.done();
    }

    @Test
    void theExampleOfAsyncQueue() {
        VirtualTime.run(
                () -> {
                    Task.create(worker());
                    Task.create(worker());
                    return produce(List.of("a", "b", "c"));
                });
        assertThat(log).containsExactly("1 s: a", "1 s: b", "2 s: c");
    }

    @Async
    Coroutine<Integer> drain() {
        int count = 0;
        try {
            while (true) {
                await(queue.get());
                count++;
            }
        } catch (QueueShutdownException empty) { // after queue.shutdown(false)
            return Coroutine.of(count);
        }
    }

    @Test
    void theExampleOfQueueShutdown() {
        VirtualTime.run(
                () -> {
                    Task<Integer> drained = Task.create(drain());
                    queue.tryPut("a");
                    queue.tryPut("b");
                    queue.shutdown(false);
                    assertThat(await(drained)).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    private final AsyncBarrier barrier = new AsyncBarrier(3);

    @Async
    Coroutine<Void> player(String name) throws BrokenBarrierException {
        for (int round = 1; round <= 2; round++) {
            await(write(name));
            if (await(barrier.arrive()) == 2) { // the last of the three
                log.add("round " + round + " is over");
            }
        }
        return Coroutine.done();
    }

    @Test
    void theExampleOfAsyncBarrier() throws BrokenBarrierException {
        Coroutine<Void> a = player("a");
        Coroutine<Void> b = player("b");
        Coroutine<Void> c = player("c");
        VirtualTime.run(() -> Coroutine.of(await(gather(a, b, c))));
        assertThat(log)
                .containsSubsequence("1 s: c", "round 1 is over", "2 s: a", "round 2 is over")
                .hasSize(8);
    }
}
