package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 2, 28 and 34: a turn that the exception handler makes ready runs at once. */
@Timeout(30)
class ReadyAfterReportTest {
    private Promise<Duration> reported;

    @Test
    void anAwaiterThatTheHandlerWakesWhileTheLoopIsIdleRunsBeforeTimePasses() {
        Consumer<Unhandled> completes = report -> reported.complete(VirtualTime.elapsed());
        VirtualTime.run(
                runner -> runner.exceptionHandler(completes),
                () -> {
                    reported = new Promise<>();
                    Task.create(() -> collectsGarbageEverySecond());
                    Task.create(() -> failsUnseen());
                    Duration timeOfReport = await(reported);
                    assertThat(VirtualTime.elapsed()).isEqualTo(timeOfReport);
                    return Coroutine.done();
                });
    }

    @Test
    void aCallbackThatTheHandlerSchedulesWhileTheLoopIsIdleRunsBeforeTimePasses() {
        Consumer<Unhandled> schedules =
                report -> {
                    Duration timeOfReport = VirtualTime.elapsed();
                    EventLoop.current().callSoon(() -> reported.complete(timeOfReport));
                };
        VirtualTime.run(
                runner -> runner.exceptionHandler(schedules),
                () -> {
                    reported = new Promise<>();
                    Promise<Duration> timeOfCall = new Promise<>();
                    reported.addDoneCallback(done -> timeOfCall.complete(VirtualTime.elapsed()));
                    Task.create(() -> collectsGarbageEverySecond());
                    Task.create(() -> failsUnseen());
                    assertThat(await(timeOfCall)).isEqualTo(reported.result());
                    return Coroutine.done();
                });
    }

    /** Lets the loop find the failed task unreachable while it is idle. */
    @Async
    private Coroutine<Void> collectsGarbageEverySecond() {
        while (!reported.done()) {
            System.gc();
            await(sleep(ofSeconds(1)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsUnseen() {
        await(sleep(ZERO));
        throw new IllegalStateException("unseen");
    }
}
