package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random programs in a small heap. The main class of the JVMs of {@link SmallHeapFuzzTest}. */
final class SmallHeap {
    private static final int PROGRAMS = 300;

    private SmallHeap() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "chaos" -> chaos();
            case "outOfMemory" -> outOfMemory();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ended");
    }

    private static void chaos() {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            long current = seed;
            VirtualTime.recorder()
                    .run(
                            () -> {
                                Chaos chaos = new Chaos();
                                Task.create(() -> chaos.node(current, 4));
                                while (Task.all().size() > 1) {
                                    await(sleep(ofSeconds(1)));
                                }
                                chaos.assertNothingIsLeftBehind();
                                return Coroutine.done();
                            });
        }
    }

    /** Lets a random task of each program use up the heap. */
    private static void outOfMemory() {
        for (long seed = 0; seed < PROGRAMS / 10; seed++) {
            Random random = new Random(seed);
            int[] open = {0};
            try {
                Weft.run(() -> oneTaskUsesUpTheHeap(random, open));
                throw new AssertionError("seed " + seed + ": run has returned");
            } catch (OutOfMemoryError expected) {
                if (open[0] != 0) {
                    throw new AssertionError("seed " + seed + ": " + open[0] + " did not end");
                }
            }
        }
    }

    @Async
    private static Coroutine<Void> oneTaskUsesUpTheHeap(Random random, int[] open) {
        int hog = random.nextInt(10);
        for (int i = 0; i < 10; i++) {
            boolean isHog = i == hog;
            int turns = random.nextInt(5);
            Task.create(() -> body(isHog, turns, open));
        }
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> body(boolean isHog, int turns, int[] open) {
        open[0]++;
        try {
            await(iterations(turns));
            if (isHog) {
                useUpTheHeap();
            }
            await(sleep(ofDays(1)));
        } finally {
            open[0]--;
        }
        return Coroutine.done();
    }

    private static void useUpTheHeap() {
        List<byte[]> blocks = new ArrayList<>();
        while (blocks.size() < Integer.MAX_VALUE) {
            blocks.add(new byte[1 << 20]);
        }
    }
}
