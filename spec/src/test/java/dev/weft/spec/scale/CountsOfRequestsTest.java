package dev.weft.spec.scale;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 9 and 11: the number of requests for cancellation. */
@Timeout(120)
class CountsOfRequestsTest {
    @Test
    @Tag("slow")
    void theCountOfManyMillionRequestsStaysPositiveAndTheStateOfTheTaskIsUnchanged() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(() -> sleep(ofDays(1)));
                    int requests = (1 << 26) + 5;
                    for (int i = 0; i < requests; i++) {
                        task.cancel("first");
                    }
                    assertThat(task.cancelling()).isPositive();
                    assertThat(task.done()).isFalse();
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("first");
                    assertThat(task.cancelling()).isPositive();
                    return Coroutine.done();
                });
    }

    @Test
    void oneRequestToACycleOfTwoTasksCountsOnceInEachTask() {
        VirtualTime.run(
                () -> {
                    Promise<Deferred<Integer>> cycle = new Promise<>();
                    Task<Integer> first = Task.create(() -> Coroutine.of(await(await(cycle))));
                    Task<Integer> second = Task.create(() -> Coroutine.of(await(first)));
                    cycle.complete(second);
                    await(iterations(3));
                    first.cancel("enough");
                    assertThat(first.cancelling()).isEqualTo(1);
                    assertThat(second.cancelling()).isEqualTo(1);
                    assertThat(await(thrownBy(first))).hasMessage("enough");
                    return Coroutine.done();
                });
    }
}
