package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many tasks that acquire, hold, release and are cancelled at random: no permit is lost, every task
 * is served, and none is overtaken.
 */
class WaitQueueFuzzTest {
    private static final int TASKS = 60;

    private final List<Visitor> line = new ArrayList<>();
    private int holders;
    private int served;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void waitersAreServedInTheOrderOfArrival(int permits) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(31L * seed + permits);
            AsyncSemaphore semaphore = AsyncSemaphore.bounded(permits);
            VirtualTime.run(() -> everybody(semaphore, permits, random));
            assertThat(line).as("seed %d: a task is still in the wait queue", seed).isEmpty();
        }
        assertThat(served).isPositive();
    }

    @Async
    private Coroutine<Void> everybody(AsyncSemaphore semaphore, int permits, Random random) {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Visitor visitor = new Visitor(semaphore, permits, random);
            visitors.add(visitor);
            if (random.nextInt(3) == 0) {
                await(iterations(1));
            }
            cancelSome(visitors, random);
            if (random.nextInt(4) == 0 && semaphore.tryAcquire()) {
                assertThat(line).as("tryAcquire overtakes no waiting task").isEmpty();
                semaphore.release();
            }
        }
        for (Visitor visitor : visitors) {
            await(thrownBy(visitor.task));
            assertThat(visitor.task.state())
                    .isEqualTo(visitor.cancelled ? Task.State.CANCELLED : Task.State.SUCCEEDED);
        }
        for (int i = 0; i < permits; i++) {
            assertThat(semaphore.tryAcquire()).as("all permits are free again").isTrue();
        }
        assertThat(semaphore.tryAcquire()).isFalse();
        return Coroutine.done();
    }

    private void cancelSome(List<Visitor> visitors, Random random) {
        for (Visitor visitor : visitors) {
            if (random.nextInt(12) == 0 && visitor.task.cancel()) {
                visitor.cancelled = true;
                visitor.leaving = visitor.inLine;
            }
        }
    }

    private final class Visitor {
        private final Task<Void> task;
        private boolean inLine;
        private boolean leaving;
        private boolean cancelled;

        Visitor(AsyncSemaphore semaphore, int permits, Random random) {
            int patience = random.nextInt(4);
            boolean releasesEarly = random.nextBoolean();
            task = Task.create(() -> visit(semaphore, permits, patience, releasesEarly));
        }

        @Async
        private Coroutine<Void> visit(
                AsyncSemaphore semaphore, int permits, int patience, boolean releasesEarly) {
            inLine = true;
            line.add(this);
            try {
                await(semaphore.acquire());
                assertThat(line.stream().filter(visitor -> !visitor.leaving).findFirst())
                        .as("the first task is served first")
                        .contains(this);
                served++;
            } finally {
                inLine = false;
                line.remove(this);
            }
            holders++;
            assertThat(holders).isLessThanOrEqualTo(permits);
            try {
                await(iterations(patience));
            } finally {
                holders--;
                semaphore.release();
            }
            if (releasesEarly) {
                await(iterations(1));
            }
            return Coroutine.done();
        }
    }
}
