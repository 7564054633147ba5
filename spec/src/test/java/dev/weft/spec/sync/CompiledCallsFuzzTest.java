package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the same random programs twice: with awaits of calls, which the compiler replaces, and with
 * awaits of stored coroutines, which it does not. Both have the same history: what happens to each
 * task, in which order and in which iteration.
 */
class CompiledCallsFuzzTest {
    private static final int ACTORS = 40;

    /** The state of one run. */
    private static final class World {
        private final boolean stored;
        private final Random random;
        private final AsyncQueue<Integer> queue;
        private final AsyncSemaphore semaphore = AsyncSemaphore.bounded(3);
        private final AsyncLock lock = new AsyncLock();
        private final AsyncEvent event = new AsyncEvent();
        private final List<String> history = new ArrayList<>();
        private int iteration;
        private int numbers;

        World(boolean stored, long seed) {
            this.stored = stored;
            this.random = new Random(seed);
            this.queue = random.nextInt(3) == 0 ? AsyncQueue.lifo(2) : new AsyncQueue<>(2);
        }

        void note(int actor, String what) {
            history.add(iteration + ": " + actor + " " + what);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void bothWaysOfAnAwaitHaveTheSameHistory(int series) {
        for (int seed = 0; seed < 40; seed++) {
            List<List<String>> histories = new ArrayList<>();
            for (boolean stored : new boolean[] {false, true}) {
                World world = new World(stored, 31L * seed + series);
                VirtualTime.run(() -> everybody(world));
                histories.add(world.history);
            }
            assertThat(histories.get(0)).as("seed %d", seed).isEqualTo(histories.get(1));
            assertThat(histories.get(0)).hasSizeGreaterThan(ACTORS);
        }
    }

    @Async
    private static Coroutine<Void> everybody(World world) {
        Task<Void> clock = Task.create(() -> count(world));
        List<Task<Void>> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            int actor = i;
            int times = 1 + world.random.nextInt(6);
            int kind = world.random.nextInt(6);
            actors.add(Task.create(() -> act(world, actor, kind, times)));
            await(iterations(world.random.nextInt(3)));
            if (world.random.nextInt(3) == 0) {
                actors.get(world.random.nextInt(actors.size())).cancel();
            }
            if (world.random.nextInt(4) == 0) {
                world.event.set();
                world.event.clear();
            }
        }
        world.queue.shutdown(world.random.nextBoolean());
        world.event.set();
        for (Task<Void> actor : actors) {
            world.note(-1, String.valueOf(await(thrownBy(actor))));
        }
        clock.cancel();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> count(World world) {
        while (true) {
            await(iterations(1));
            world.iteration++;
        }
    }

    @Async
    private static Coroutine<Void> act(World world, int actor, int kind, int times) {
        try {
            for (int i = 0; i < times; i++) {
                switch (kind) {
                    case 0, 1 -> await(put(world, actor));
                    case 2, 3 -> await(get(world, actor));
                    case 4 -> await(lock(world, actor));
                    default -> await(event(world, actor));
                }
                if (world.numbers % 3 == 0) {
                    await(iterations(1));
                }
            }
        } catch (Throwable failure) {
            Stream<String> lines = Stream.of(failure.getStackTrace()).map(String::valueOf);
            world.note(actor, failure + " " + lines.filter(line -> line.contains("Fuzz")).toList());
            throw failure;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> put(World world, int actor) {
        int item = world.numbers++;
        Coroutine<Void> put = world.stored ? world.queue.put(item) : null;
        Object done = put == null ? await(world.queue.put(item)) : await(put);
        assertThat(done).isNull();
        world.note(actor, "has put " + item + " of " + world.queue.size());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> get(World world, int actor) {
        Coroutine<Integer> get = world.stored ? world.queue.get() : null;
        int item = get == null ? await(world.queue.get()) : await(get);
        world.note(actor, "got " + item + " of " + world.queue.size());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> lock(World world, int actor) {
        int permits = 1 + actor % 2;
        AsyncSemaphore semaphore = world.semaphore;
        Coroutine<Void> acquired = world.stored ? semaphore.acquire(permits) : null;
        Object done = acquired == null ? await(semaphore.acquire(permits)) : await(acquired);
        assertThat(done).isNull();
        try {
            await(hold(world, actor));
        } finally {
            semaphore.release(permits);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> hold(World world, int actor) {
        Coroutine<Void> locked = world.stored ? world.lock.acquire() : null;
        Object done = locked == null ? await(world.lock.acquire()) : await(locked);
        assertThat(done).isNull();
        world.note(actor, "has the lock");
        try {
            await(iterations(2));
        } finally {
            world.lock.release();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> event(World world, int actor) {
        Coroutine<Void> event = world.stored ? world.event.waitFor() : null;
        Object done = event == null ? await(world.event.waitFor()) : await(event);
        assertThat(done).isNull();
        world.note(actor, "saw the event");
        return Coroutine.done();
    }
}
