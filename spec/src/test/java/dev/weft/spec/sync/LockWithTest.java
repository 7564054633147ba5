package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The method {@code with} of a lock. Semaphores share its implementation. */
class LockWithTest {
    private final AsyncLock lock = new AsyncLock();
    private final List<String> trace = new ArrayList<>();

    @Test
    void theLockIsHeldWhileTheBodyRunsAndFreeAfterIt() {
        VirtualTime.run(
                () -> {
                    await(
                            lock.with(
                                    () -> {
                                        trace.add("call " + lock.locked());
                                        await(sleep(ofSeconds(1)));
                                        trace.add("end " + lock.locked());
                                        return Coroutine.done();
                                    }));
                    assertThat(trace).containsExactly("call true", "end true");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void withReturnsTheResultOfTheBody() {
        VirtualTime.run(
                () -> {
                    assertThat(await(lock.with(() -> Coroutine.of(7)))).isEqualTo(7);
                    assertThat(await(lock.with(() -> sleep(ofSeconds(1), 8)))).isEqualTo(8);
                    return Coroutine.done();
                });
    }

    @Test
    void theBodyIsCalledAfterTheAcquisition() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> task =
                            Task.create(
                                    lock.with(
                                            () -> {
                                                trace.add("called");
                                                return Coroutine.done();
                                            }));
                    await(iterations(2));
                    assertThat(trace).isEmpty();
                    lock.release();
                    await(task);
                    assertThat(trace).containsExactly("called");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheBodyIsThrownUnchangedAndFreesTheLock() {
        IOException failure = new IOException("of the body");
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(lock.with(() -> failing(failure)))))
                            .isSameAs(failure);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> failing(IOException failure) throws IOException {
        await(iterations(1));
        throw failure;
    }

    @Test
    void anExceptionFromTheLambdaItselfFreesTheLock() {
        IOException failure = new IOException("of the call");
        VirtualTime.run(
                () -> {
                    Coroutine<Void> with =
                            lock.with(
                                    () -> {
                                        throw failure;
                                    });
                    assertThat(await(thrownBy(with))).isSameAs(failure);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatReturnsNullFailsAndFreesTheLock() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> with = lock.with(() -> null);
                    assertThat(await(thrownBy(with))).isInstanceOf(NullPointerException.class);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationInTheBodyFreesTheLock() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(lock.with(() -> sleep(ofSeconds(1))));
                    await(iterations(1));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theLockIsHeldUntilACancelledBodyHasReallyEnded() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    lock.with(
                                            () -> {
                                                try {
                                                    await(sleep(ofSeconds(1)));
                                                } finally {
                                                    await(sleep(ofSeconds(5)));
                                                    trace.add("cleaned up " + lock.locked());
                                                }
                                                return Coroutine.done();
                                            }));
                    await(iterations(1));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(trace).containsExactly("cleaned up true");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatSleepsForeverCanBeCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(lock.with(() -> sleep(ofSeconds(Long.MAX_VALUE))));
                    await(iterations(1));
                    task.cancel();
                    await(iterations(1));
                    assertThat(task.cancelled()).isTrue();
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theBodyOfACancelledWaiterIsNeverCalled() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> before = Task.create(lock.with(this::called));
                    Task<Void> after = Task.create(lock.with(this::called));
                    await(iterations(1));
                    before.cancel();
                    await(iterations(1));
                    lock.release();
                    after.cancel();
                    await(iterations(1));
                    assertThat(trace).isEmpty();
                    assertThat(List.of(before, after)).allMatch(Task::cancelled);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    private Coroutine<Void> called() {
        trace.add("called");
        return Coroutine.done();
    }

    @Test
    void aBodyThatReleasesTheLockItselfFails() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> with =
                            lock.with(
                                    () -> {
                                        lock.release();
                                        return Coroutine.done();
                                    });
                    assertThat(await(thrownBy(with))).isInstanceOf(IllegalStateException.class);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void nullForTheBodyIsRefusedAtTheCall() {
        assertThatThrownBy(() -> lock.with(null).close()).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aBodyThatReleasesTheLockItselfAndFailsKeepsItsFailure() {
        IllegalArgumentException failure = new IllegalArgumentException("of the body");
        VirtualTime.run(
                () -> {
                    Coroutine<Void> with =
                            lock.with(
                                    () -> {
                                        lock.release();
                                        return Coroutine.failed(failure);
                                    });
                    assertThat(await(thrownBy(with))).isSameAs(failure);
                    assertThat(failure.getSuppressed())
                            .singleElement()
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }
}
