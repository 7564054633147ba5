package dev.weft.junit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.Shuffled;
import dev.weft.junit.WeftTest;
import java.util.ArrayList;
import java.util.List;

/** Shuffled tests, some of which depend on the order. */
@Sample
@WeftTest
public class DependsOnTheOrder {
    private static List<String> order(Runner runner) {
        List<String> order = new ArrayList<>();
        runner.run(
                () ->
                        TaskGroup.scope(
                                group -> {
                                    group.create(() -> adds("a", order));
                                    group.create(() -> adds("b", order));
                                    return Coroutine.done();
                                }));
        return order;
    }

    private static Coroutine<Void> adds(String name, List<String> order) {
        order.add(name);
        return Coroutine.done();
    }

    @Shuffled(4)
    void theOrderMatters(Runner runner) {
        assertEquals(List.of("a", "b"), order(runner));
    }

    @Shuffled(2)
    void bothRun(Runner runner) {
        assertEquals(2, order(runner).size());
    }

    @Shuffled(1)
    @Async
    Coroutine<Void> aTaskIsLeft() {
        Task.create("left", () -> Weft.sleep(java.time.Duration.ofDays(1)));
        return Coroutine.done();
    }

    @Shuffled(1)
    void aborted(Runner runner) {
        assumeTrue(order(runner).isEmpty(), "not here");
    }
}
