package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncIterator;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.WaitResult;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 8: nothing depends on a hash order. */
class Rule08NoHashOrderTest {
    private static final int MANY = 200;

    @Test
    void theSetsOfAWaitResultKeepTheOrderOfTheArguments() {
        VirtualTime.run(
                () -> {
                    List<Promise<Integer>> promises = promises();
                    List<Promise<Integer>> ended = new ArrayList<>(promises.subList(50, 150));
                    Collections.shuffle(ended, new Random(8));
                    ended.forEach(promise -> promise.complete(1));
                    WaitResult<Integer> waited =
                            await(Weft.waitUntil(ReturnWhen.FIRST_COMPLETED, promises));
                    List<Promise<Integer>> others = new ArrayList<>(promises.subList(0, 50));
                    others.addAll(promises.subList(150, MANY));
                    assertThat(List.<Object>copyOf(waited.done()))
                            .isEqualTo(promises.subList(50, 150));
                    assertThat(new ArrayList<Object>(waited.pending())).isEqualTo(others);
                    return Coroutine.done();
                });
    }

    @Test
    void childrenOfAGatherAreCancelledInCreationOrder() {
        List<Integer> trace = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    List<Coroutine<Void>> children = new ArrayList<>();
                    for (int i = 0; i < MANY; i++) {
                        children.add(traced(i, trace));
                    }
                    Deferred<List<Void>> gathered = Weft.gather(children);
                    await(iterations(1));
                    gathered.cancel();
                    assertThat(await(thrownBy(gathered))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });

        assertThat(trace).hasSize(MANY).isSorted();
    }

    @Test
    void theEndOfTheLoopCancelsTasksInCreationOrder() {
        List<Integer> trace = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < MANY; i++) {
                        Task.create(traced(i, trace));
                    }
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace).hasSize(MANY).isSorted();
    }

    @Test
    void asCompletedYieldsWhatIsAlreadyDoneInTheOrderOfTheArguments() {
        VirtualTime.run(
                () -> {
                    List<Promise<Integer>> promises = promises();
                    promises.forEach(promise -> promise.complete(1));
                    AsyncIterator<Deferred<Integer>> completed = Weft.asCompleted(promises);
                    List<Object> inOrder = new ArrayList<>();
                    while (await(completed.hasNext())) {
                        inOrder.add(completed.next());
                    }
                    assertThat(inOrder).isEqualTo(promises);
                    return Coroutine.done();
                });
    }

    private static List<Promise<Integer>> promises() {
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            promises.add(new Promise<>());
        }
        return promises;
    }

    private static Coroutine<Void> traced(int number, List<Integer> trace) {
        return Coroutine.from(
                () -> {
                    try {
                        await(sleep(ofSeconds(9)));
                    } finally {
                        trace.add(number);
                    }
                    return Coroutine.done();
                });
    }
}
