package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 15: a clean-up may await after a cancellation. */
class Rule15CancellationIsAnEdgeTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void aCleanUpMayAwaitSleepsTasksAndPromises() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<Void> task = Task.create(cleaningUp(promise));
                    await(iterations(1));
                    task.cancel("enough");
                    await(sleep(ofSeconds(5)));
                    assertThat(trace).containsExactly("slept", "turned", "joined");
                    assertThat(task.done()).isFalse();
                    promise.complete("promised");
                    assertThat(await(thrownBy(task))).hasMessage("enough");
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("slept", "turned", "joined", "promised");
    }

    @Test
    void aSecondRequestInterruptsTheCleanUp() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<Void> task = Task.create(cleaningUp(promise));
                    await(iterations(1));
                    task.cancel("first");
                    await(iterations(2));
                    task.cancel("second");
                    assertThat(await(thrownBy(task))).hasMessage("second");
                    assertThat(promise.cancelled()).isFalse();
                    return Coroutine.done();
                });

        assertThat(trace).isEmpty();
    }

    @Test
    void everyFinallyBlockOnTheWayOutMayAwait() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        try {
                                            await(nested());
                                        } finally {
                                            await(sleep(ofSeconds(1)));
                                            trace.add("outer");
                                        }
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    task.cancel("enough");
                    assertThat(await(thrownBy(task))).hasMessage("enough");
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner", "outer");
    }

    @Async
    private Coroutine<Void> nested() {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(1)));
            trace.add("inner");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> cleaningUp(Promise<String> promise) {
        try {
            await(sleep(ofSeconds(99)));
        } finally {
            await(sleep(ofSeconds(1)));
            trace.add("slept");
            await(sleep(ZERO));
            trace.add("turned");
            trace.add(await(Task.create(sleep(ofSeconds(1), "joined"))));
            trace.add(await(promise));
        }
        return Coroutine.done();
    }
}
