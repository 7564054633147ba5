package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.Random;

/** Lets a million tasks sleep at once. The main class of a JVM with little memory. */
final class MillionSleepers {
    private static final int COUNT = 1_000_000;

    private final int[] woken = new int[COUNT];
    private int count;

    private MillionSleepers() {}

    @Async
    private Coroutine<Void> sleeper(int id, long nanos) {
        await(sleep(Duration.ofNanos(nanos)));
        woken[count++] = id;
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> main(long[] delays) {
        for (int i = 0; i < COUNT; i++) {
            Task.create(sleeper(i, delays[i]));
        }
        await(sleep(Duration.ofSeconds(6)));
        return Coroutine.done();
    }

    /** Returns the number of tasks that woke in the order (deadline, creation). */
    private int inOrder(long[] delays) {
        for (int i = 1; i < count; i++) {
            int order = Long.compare(delays[woken[i - 1]], delays[woken[i]]);
            if (order > 0 || (order == 0 && woken[i - 1] > woken[i])) {
                return i;
            }
        }
        return count;
    }

    public static void main(String[] args) {
        long[] delays = new Random(1).longs(COUNT, 1, 5_000_000_000L).toArray();
        MillionSleepers sleepers = new MillionSleepers();
        VirtualTime.run(() -> sleepers.main(delays));
        System.out.println(sleepers.inOrder(delays) + " woke in order");
    }
}
