package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** Rule 34: an idle loop parks and does not poll. */
class IdleLoopTest {
    @Test
    void anIdleLoopUsesNoProcessorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long used =
                Weft.run(
                        () -> {
                            Task<Void> waits = Task.create(() -> awaits(new Promise<>()));
                            await(sleep(ofMillis(100))); // all classes are loaded by now
                            long before = threads.getCurrentThreadCpuTime();
                            await(sleep(ofMillis(500)));
                            assertThat(waits.done()).isFalse();
                            return Coroutine.of(threads.getCurrentThreadCpuTime() - before);
                        });

        assertThat(used).isLessThan(ofMillis(25).toNanos());
    }

    @dev.weft.Async
    private static Coroutine<Void> awaits(Promise<Void> promise) {
        await(promise);
        return Coroutine.done();
    }
}
