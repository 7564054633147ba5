package dev.weft.spec.closing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncSemaphore;
import dev.weft.sync.Held;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** held() is a lock or a permit as a resource of a try statement. */
@SuppressWarnings("try") // a resource that is only opened and closed
class HeldTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private Coroutine<Integer> work(AsyncLock lock, int number) {
        try (Held held = await(lock.held())) {
            log.add(number + " at " + VirtualTime.elapsed());
            await(sleep(ofSeconds(1)));
            return Coroutine.of(number);
        }
    }

    @Test
    void theLockIsHeldUntilTheEndOfTheStatementInTheOrderOfTheCalls() {
        VirtualTime.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    List<Task<Integer>> tasks = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        int number = i;
                        tasks.add(Task.create(() -> work(lock, number)));
                    }
                    for (Task<Integer> task : tasks) {
                        log.add("result " + await(task));
                    }
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly(
                        "0 at PT0S", "1 at PT1S", "result 0", "2 at PT2S", "result 1", "result 2");
    }

    @Test
    void aCancelledWaiterDoesNotHoldTheLock() {
        VirtualTime.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    Task<Integer> first = Task.create(() -> work(lock, 1));
                    Task<Integer> second = Task.create(() -> work(lock, 2));
                    await(sleep(ofSeconds(0)));
                    second.cancel();
                    await(first);
                    await(sleep(ofSeconds(0)));
                    assertThat(second.cancelled()).isTrue();
                    assertThat(lock.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureReleasesThePermit() {
        VirtualTime.run(
                () -> {
                    AsyncSemaphore permits = AsyncSemaphore.bounded(1);
                    try (Held held = await(permits.held())) {
                        assertThat(permits.locked()).isTrue();
                        throw new IllegalStateException("inside");
                    } catch (IllegalStateException failure) {
                        assertThat(permits.locked()).isFalse();
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void closingTwiceReleasesOnce() {
        VirtualTime.run(
                () -> {
                    AsyncSemaphore permits = new AsyncSemaphore(1);
                    Held held = await(permits.held());
                    held.close();
                    held.close();
                    assertThat(permits.tryAcquire()).isTrue();
                    assertThat(permits.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aLockThatWasReleasedByHandIsReported() {
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            AsyncLock lock = new AsyncLock();
                            try (Held held = await(lock.held())) {
                                lock.release();
                            }
                            return Coroutine.done();
                        });

        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released already");
    }
}
