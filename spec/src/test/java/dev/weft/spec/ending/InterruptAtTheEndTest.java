package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 31: an interrupt that comes when no main task runs leaves the interrupt flag set. */
@Timeout(20)
class InterruptAtTheEndTest {
    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptDuringTheCloseOfARunnerStaysSet() {
        try (Runner runner = Weft.runner()) {
            runner.run(
                    () -> {
                        Task.create(() -> interruptsInItsCleanUp());
                        return sleep(ZERO);
                    });
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptDuringTheShutDownAfterMainStaysSet() {
        String value =
                Weft.run(
                        () -> {
                            Task.create(() -> interruptsInItsCleanUp());
                            return sleep(ZERO, "value");
                        });
        assertThat(value).isEqualTo("value");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptByAnotherThreadDuringTheShutDownStaysSet() {
        Thread loop = Thread.currentThread();
        Weft.run(
                () -> {
                    Task.create(() -> isInterruptedDuringItsCleanUp(loop));
                    return sleep(ZERO);
                });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptInACallbackAtTheCloseOfARunnerWithoutARunStaysSet() {
        try (Runner runner = Weft.runner()) {
            runner.loop().execute(() -> Thread.currentThread().interrupt());
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptBeforeARunCancelsItsMain() {
        Thread.currentThread().interrupt();

        assertThat(VirtualTime.failureOf(() -> sleep(ofDays(1))))
                .isInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptThatMainHasReceivedIsUsedUp() {
        Weft.run(
                () -> {
                    Thread.currentThread().interrupt();
                    try {
                        await(sleep(ofDays(1)));
                    } catch (CancelledError delivered) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                    return Coroutine.done();
                });
        assertThat(Thread.interrupted()).isFalse();
    }

    @Async
    private static Coroutine<Void> interruptsInItsCleanUp() {
        try {
            await(sleep(ofDays(1)));
        } finally {
            Thread.currentThread().interrupt();
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> isInterruptedDuringItsCleanUp(Thread loop) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            EventLoop.current().callSoon(() -> OtherThread.run(loop::interrupt));
            await(sleep(ZERO));
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }
}
