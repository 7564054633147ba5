package dev.weft.spec.combining;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncIterator;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Logs;
import java.util.AbstractList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Rules 20 to 22: each element of the given collection is taken once, even if it is a view. */
class CollectionViewTest {
    /** A view that makes its elements each time that they are taken, like Lists.transform. */
    private static <E> List<E> viewOf(int size, IntFunction<E> elements) {
        return new AbstractList<>() {
            @Override
            public E get(int index) {
                return elements.apply(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static List<Task<Integer>> tasks(int size) {
        return viewOf(size, index -> Task.create(() -> sleep(ofSeconds(1), index)));
    }

    private static List<Awaitable<Integer>> coroutines(int size) {
        return viewOf(size, index -> sleep(ofSeconds(1), index));
    }

    @Test
    void gatherTakesEachElementOfAViewOnce() {
        VirtualTime.run(
                () -> {
                    Deferred<List<Integer>> gathered = gather(tasks(3));
                    assertThat(Task.all()).hasSize(1 + 3);
                    assertThat(await(gathered)).containsExactly(0, 1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void gatherOutcomesTakesEachElementOfAViewOnce() {
        VirtualTime.run(
                () -> {
                    Deferred<?> gathered = gatherOutcomes(tasks(3));
                    assertThat(Task.all()).hasSize(1 + 3);
                    await(gathered);
                    return Coroutine.done();
                });
    }

    @Test
    void asCompletedTakesEachElementOfAViewOnce() {
        VirtualTime.run(
                () -> {
                    AsyncIterator<Deferred<Integer>> completed = asCompleted(tasks(3));
                    assertThat(Task.all()).hasSize(1 + 3);
                    assertThat(await(completed.hasNext())).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void waitUntilTakesEachElementOfAViewOnce() {
        VirtualTime.run(
                () -> {
                    assertThat(await(waitUntil(ReturnWhen.ALL_COMPLETED, tasks(3))).done())
                            .hasSize(3);
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
    }

    @Test
    void inDebugModeAViewOfCoroutinesIsNotReportedAsNeverAwaited() {
        try (Logs logs = new Logs();
                Runner runner = Weft.runner().virtualTime().debug(true)) {
            runner.run(
                    () -> {
                        assertThat(await(gather(coroutines(3)))).containsExactly(0, 1, 2);
                        drop();
                        // The cleaner handles this coroutine after those of the view.
                        while (!logs.mention("never awaited")) {
                            System.gc();
                            await(sleep(ofSeconds(1)));
                        }
                        return Coroutine.done();
                    });
            assertThat(logs.about("never awaited").getMessage()).contains("drop");
        }
    }

    private static void drop() {
        Coroutine<Void> dropped = sleep(ofSeconds(2));
        assertThat(dropped).isNotNull();
    }
}
