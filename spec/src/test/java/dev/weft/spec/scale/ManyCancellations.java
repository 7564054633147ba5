package dev.weft.spec.scale;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;

/** Cancels many sleepers at once. The main class of a JVM with little memory. */
final class ManyCancellations {
    private static final int COUNT = 300_000;

    private int cancelled;
    private boolean inOrder = true;

    private ManyCancellations() {}

    public static void main(String[] args) {
        ManyCancellations program = new ManyCancellations();
        switch (args[0]) {
            case "run" -> Weft.run(() -> program.endedByRun());
            case "group" -> Weft.run(() -> program.endedByGroup());
            case "gather" -> Weft.run(() -> program.endedByGather());
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println(program.cancelled + " were cancelled, in order: " + program.inOrder);
    }

    @Async
    private Coroutine<Void> sleeper(int number) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            inOrder &= number == cancelled;
            cancelled++;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> endedByRun() {
        for (int i = 0; i < COUNT; i++) {
            Task.create(sleeper(i));
        }
        await(sleep(ZERO));
        return Coroutine.done();
    }

    private Coroutine<Void> endedByGroup() {
        return TaskGroup.scope(
                group -> {
                    for (int i = 0; i < COUNT; i++) {
                        group.create(sleeper(i));
                    }
                    await(sleep(ZERO));
                    group.cancel();
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Void> endedByGather() {
        List<Coroutine<Void>> sleepers = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            sleepers.add(sleeper(i));
        }
        Deferred<List<Void>> gathered = gather(sleepers);
        await(sleep(ZERO));
        gathered.cancel();
        await(thrownBy(gathered));
        return Coroutine.done();
    }
}
