package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/** Runs one random tree of tasks, and counts starts, ends, permits and items. */
final class Chaos {
    private static final int PERMITS = 2;

    private final AsyncLock lock = new AsyncLock();
    private final AsyncSemaphore semaphore = AsyncSemaphore.bounded(PERMITS);
    private final AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    private final List<Task<?>> tasks = new ArrayList<>();
    private int begun;
    private int ended;
    private int inLock;
    private int inSemaphore;
    private int put;
    private int got;

    void assertNothingIsLeftBehind() {
        assertThat(tasks).allMatch(Task::done);
        assertThat(tasks).allMatch(task -> task.stack().isEmpty());
        assertThat(ended).as("bodies that ended").isEqualTo(begun);
        assertThat(inLock + inSemaphore).isZero();
        assertThat(lock.tryAcquire()).as("the lock is free").isTrue();
        for (int i = 0; i < PERMITS; i++) {
            assertThat(semaphore.tryAcquire()).as("permit %d is free", i).isTrue();
        }
        assertThat(semaphore.tryAcquire()).as("there is no further permit").isFalse();
        assertThat(queue.size()).as("items in the queue").isEqualTo(put - got);
    }

    /** Does some random things, and some of them in children of a smaller depth. */
    @Async
    Coroutine<Void> node(long seed, int depth) throws TimeoutException {
        Random random = new Random(seed);
        begun++;
        tasks.add(Task.current());
        try {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                try {
                    await(act(random, depth));
                } catch (Trouble | TimeoutException trouble) {
                    if (random.nextBoolean()) {
                        throw trouble;
                    }
                } catch (CancelledError cancelled) {
                    if (random.nextInt(4) > 0) {
                        throw cancelled;
                    }
                }
            }
        } finally {
            ended++;
            if (random.nextInt(4) == 0) {
                ended--;
                try {
                    await(sleep(seconds(random)));
                } finally {
                    ended++;
                }
            }
        }
        return Coroutine.done();
    }

    private Coroutine<?> act(Random random, int depth) throws TimeoutException {
        return switch (random.nextInt(depth > 0 ? 12 : 6)) {
            case 0 -> sleep(seconds(random));
            case 1 -> lock.with(() -> locked(seconds(random)));
            case 2 -> semaphore.with(() -> permitted(seconds(random)));
            case 3 -> timeout(seconds(random), random.nextBoolean() ? puts() : gets());
            case 4 -> Coroutine.from(() -> cancelsOne(random));
            case 5 -> Coroutine.failed(new Trouble());
            case 6 -> timeout(seconds(random), node(random.nextLong(), depth - 1));
            case 7 -> gathers(random, depth - 1);
            case 8, 9 -> grouped(random, depth - 1);
            case 10 -> shields(random, depth - 1);
            default -> node(random.nextLong(), depth - 1);
        };
    }

    private static Duration seconds(Random random) {
        return ofSeconds(random.nextInt(4));
    }

    @Async
    private Coroutine<Void> locked(Duration delay) {
        assertThat(++inLock).isEqualTo(1);
        try {
            await(sleep(delay));
        } finally {
            inLock--;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> permitted(Duration delay) {
        assertThat(++inSemaphore).isLessThanOrEqualTo(PERMITS);
        try {
            await(sleep(delay));
        } finally {
            inSemaphore--;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> puts() {
        await(queue.put(1));
        put++;
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> gets() {
        await(queue.get());
        got++;
        return Coroutine.done();
    }

    private Coroutine<Void> cancelsOne(Random random) {
        tasks.get(random.nextInt(tasks.size())).cancel("at random");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> gathers(Random random, int depth) throws TimeoutException {
        Coroutine<Void> one = node(random.nextLong(), depth);
        Coroutine<Void> two = node(random.nextLong(), depth);
        if (random.nextBoolean()) {
            await(gather(one, two));
        } else {
            await(gatherOutcomes(one, two));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> shields(Random random, int depth) throws TimeoutException {
        await(shield(node(random.nextLong(), depth)));
        return Coroutine.done();
    }

    private Coroutine<Void> grouped(Random random, int depth) {
        long[] seeds = random.longs(3).toArray();
        boolean cancels = random.nextInt(3) == 0;
        return TaskGroup.scope(
                group -> {
                    group.create(() -> node(seeds[0], depth));
                    group.create(() -> node(seeds[1], depth));
                    await(node(seeds[2], depth));
                    if (cancels) {
                        group.cancel();
                    }
                    return Coroutine.done();
                });
    }

    /** The failure that bodies throw. */
    static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
