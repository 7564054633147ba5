package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.tracing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue: join and taskDone. */
class QueueJoinTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>();
    private final List<String> trace = new ArrayList<>();

    @Test
    void joinWaitsUntilEveryItemIsDone() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    await(queue.put("y"));
                    tracing(trace, "a", queue.join());
                    tracing(trace, "b", queue.join());
                    await(queue.get());
                    await(queue.get());
                    queue.taskDone();
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    queue.taskDone();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void joinDoesNotSuspendIfEveryItemIsDone() {
        VirtualTime.run(
                () -> {
                    tracing(trace, "other", Coroutine.done());
                    await(queue.join());
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void joinChecksTheQueueWhenItIsAwaited() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> join = queue.join();
                    await(queue.put("x"));
                    tracing(trace, "joined", join);
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void joinReturnsEvenIfMoreIsPutAtOnce() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    tracing(trace, "joined", queue.join());
                    await(iterations(1));
                    await(queue.get());
                    queue.taskDone();
                    await(queue.put("y"));
                    await(iterations(1));
                    assertThat(trace).containsExactly("joined");
                    return Coroutine.done();
                });
    }

    @Test
    void taskDoneMayBeCalledBeforeTheItemIsTaken() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    queue.taskDone();
                    await(queue.join());
                    assertThat(queue.size()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void oneTaskDoneTooManyIsRefused() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
                    await(queue.put("x"));
                    await(queue.get());
                    queue.taskDone();
                    assertThatThrownBy(queue::taskDone)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("taskDone");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledJoinDoesNotAffectOthers() {
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    Task<Void> a = tracing(trace, "a", queue.join());
                    tracing(trace, "b", queue.join());
                    await(iterations(1));
                    a.cancel();
                    queue.taskDone();
                    await(iterations(1));
                    assertThat(trace).containsExactly("b");
                    return Coroutine.done();
                });
    }
}
