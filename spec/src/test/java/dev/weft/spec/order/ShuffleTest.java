package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 1 with {@link Runner#shuffled}: a seed decides the order within one iteration. */
class ShuffleTest {
    private static final int SEEDS = 200;

    private static <T> T run(long seed, AsyncCallable<T> main) {
        return VirtualTime.run(runner -> runner.shuffled(seed), main);
    }

    @Test
    void theSameSeedGivesTheSameOrderAndOtherSeedsGiveOtherOrders() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> order = threeTurnsOfFiveTasks(seed);
            assertThat(threeTurnsOfFiveTasks(seed)).isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).hasSizeGreaterThan(SEEDS * 9 / 10);
    }

    private static List<String> threeTurnsOfFiveTasks(long seed) {
        List<String> trace = new ArrayList<>();
        return run(
                seed,
                () -> {
                    for (String name : List.of("a", "b", "c", "d", "e")) {
                        Task.create(() -> threeTurns(trace, name));
                    }
                    await(sleep(ofSeconds(1)));
                    return Coroutine.of(trace);
                });
    }

    @Async
    private static Coroutine<Void> threeTurns(List<String> trace, String name) {
        for (int i = 0; i < 3; i++) {
            trace.add(name + i);
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void allOrdersOfThreeTasksAreEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (long seed = 0; seed < 1200; seed++) {
            counts.merge(orderOfThree(seed), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(150, 250));
    }

    private static String orderOfThree(long seed) {
        StringBuilder order = new StringBuilder();
        return run(
                seed,
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        Task.create(() -> appended(order, name));
                    }
                    await(sleep(ofSeconds(1)));
                    return Coroutine.of(order.toString());
                });
    }

    private static Coroutine<Void> appended(StringBuilder order, String name) {
        order.append(name);
        return Coroutine.done();
    }

    @Test
    void withoutASeedHandlesRunInTheOrderOfTheQueue() {
        List<Integer> order = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 9; i++) {
                        int number = i;
                        EventLoop.current().callSoon(() -> order.add(number));
                    }
                    return iterations(2);
                });

        assertThat(order).hasSize(9).isSorted();
    }

    @Test
    void handlesOfEveryKindAreShuffledAndEachRunsOnce() {
        Set<String> first = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> trace = new ArrayList<>();
            run(seed, () -> allKinds(trace));
            assertThat(trace).containsExactlyInAnyOrder("soon", "executed", "task", "due", "done");
            first.add(trace.get(0));
        }
        assertThat(first).containsExactlyInAnyOrder("soon", "executed", "task", "due", "done");
    }

    @Async
    private static Coroutine<Void> allKinds(List<String> trace) {
        EventLoop loop = EventLoop.current();
        Task<Void> ended = Task.create(Coroutine.done());
        await(ended);
        loop.callSoon(() -> trace.add("soon"));
        loop.execute(() -> trace.add("executed"));
        Task.create(() -> traced(trace, "task"));
        loop.callAt(loop.time(), () -> trace.add("due"));
        ended.addDoneCallback(done -> trace.add("done"));
        Handle cancelled = loop.callSoon(() -> trace.add("cancelled"));
        cancelled.cancel();
        await(sleep(ofSeconds(1)));
        return Coroutine.done();
    }

    private static Coroutine<Void> traced(List<String> trace, String text) {
        trace.add(text);
        return Coroutine.done();
    }

    /** The program in this test is wrong: its reader relies on the writer being created first. */
    @Test
    void aProgramThatReliesOnTheOrderFailsWithSomeSeed() {
        assertThat(VirtualTime.<String>run(() -> careless())).isEqualTo("written");
        Set<String> outcomes =
                IntStream.range(0, 20)
                        .mapToObj(seed -> run(seed, () -> careless()))
                        .collect(Collectors.toSet());

        assertThat(outcomes).containsExactlyInAnyOrder("written", "nothing");
    }

    @Async
    private static Coroutine<String> careless() {
        String[] shared = {"nothing"};
        Task.create(
                () -> {
                    shared[0] = "written";
                    return Coroutine.done();
                });
        Task<String> reader = Task.create(() -> Coroutine.of(shared[0]));
        return Coroutine.of(await(reader));
    }
}
