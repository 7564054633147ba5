package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Logs;
import dev.weft.spec.support.Source;
import java.io.IOException;
import java.util.Arrays;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 37, and the default exception handler of rule 28: the contents of the log. */
@Timeout(60)
class DebugModeTest {
    private final Logs logs = new Logs();

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void aSlowStepIsLoggedWithItsTask() {
        debugging(
                () -> {
                    await(Task.create("slow", () -> busyFor(150)));
                    await(Task.create("quick", () -> busyFor(0)));
                    return Coroutine.done();
                });

        assertThat(logs.about("slow").getMessage()).containsPattern("1[5-9][0-9]|[2-9][0-9]{2}");
        assertThat(logs.messages()).noneMatch(message -> message.contains("quick"));
    }

    @Test
    void withoutDebugModeASlowStepIsNotLogged() {
        Weft.run(
                () -> {
                    await(Task.create("slow", () -> busyFor(150)));
                    return Coroutine.done();
                });
        assertThat(logs.messages()).isEmpty();
    }

    @Test
    void theSystemPropertyTurnsDebugModeOn() {
        System.setProperty("weft.debug", "true");
        try {
            Weft.run(
                    () -> {
                        await(Task.create("slow", () -> busyFor(150)));
                        return Coroutine.done();
                    });
        } finally {
            System.clearProperty("weft.debug");
        }
        assertThat(logs.about("slow")).isNotNull();
    }

    @Async
    private static Coroutine<Void> busyFor(int millis) {
        await(sleep(ZERO));
        long until = System.nanoTime() + ofMillis(millis).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    @Test
    void aStuckLoopIsLoggedDuringTheStepWithTheLiveStack() {
        debugging(
                () -> {
                    await(Task.create("stuck task", () -> busyUntilItIsLogged()));
                    return Coroutine.done();
                });

        LogRecord stuck = logs.about("stuck in");
        assertThat(stuck.getMessage()).contains("stuck task");
        assertThat(Arrays.stream(stuck.getThrown().getStackTrace()))
                .anyMatch(element -> element.getMethodName().equals("busyUntilItIsLogged"));
    }

    @Async
    private Coroutine<Void> busyUntilItIsLogged() {
        await(sleep(ZERO));
        while (logs.messages().stream().noneMatch(message -> message.contains("stuck in"))) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    @Test
    void aCoroutineThatWasNeverAwaitedIsLoggedWithThePlaceOfItsCreation() {
        debugging(
                () -> {
                    drop();
                    while (logs.messages().stream().noneMatch(m -> m.contains("never awaited"))) {
                        System.gc();
                        await(sleep(ofMillis(1)));
                    }
                    return Coroutine.done();
                });

        LogRecord record = logs.about("never awaited");
        assertThat(record.getMessage()).contains("busyFor", "drop");
        StackTraceElement place = record.getThrown().getStackTrace()[0];
        assertThat(Source.commentAt(place)).isEqualTo("created and dropped");
    }

    @Test
    void aCoroutineThatWasAwaitedClosedOrCancelledIsNotLogged() {
        debugging(
                () -> {
                    busyFor(0).close();
                    await(busyFor(0));
                    Task.create(busyFor(0)).cancel();
                    drop(); // the cleaner handles this coroutine after the others
                    while (logs.messages().stream().noneMatch(m -> m.contains("never awaited"))) {
                        System.gc();
                        await(sleep(ofMillis(1)));
                    }
                    return Coroutine.done();
                });
        assertThat(logs.about("never awaited").getMessage()).contains("busyFor", "drop");
    }

    private static void drop() {
        Coroutine<Void> dropped = busyFor(0); // created and dropped
        assertThat(dropped).isNotNull();
    }

    @Test
    void tasksThatArePendingAtTheEndAreLoggedWithTheirStacks() {
        debugging(
                () -> {
                    Task.create("left over", () -> waits());
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
        assertThat(logs.about("pending").getMessage()).contains("left over").contains(".waits(");
    }

    @Async
    private static Coroutine<Void> waits() {
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }

    @Test
    void theDefaultHandlerLogsTheNameOfTheTaskAndTheFailureWithItsStack() {
        Weft.run(
                () -> {
                    Task<Void> failed = Task.create("failing", () -> outer());
                    await(sleep(ofMillis(1)));
                    assertThat(failed.done()).isTrue();
                    return Coroutine.done();
                });

        LogRecord record = logs.about("failing");
        assertThat(record.getMessage()).contains("boom");
        assertThat(record.getThrown()).isInstanceOf(IOException.class).hasMessage("boom");
        assertThat(Arrays.stream(record.getThrown().getStackTrace()))
                .extracting(StackTraceElement::getMethodName)
                .startsWith("fails", "outer");
    }

    @Async
    private static Coroutine<Void> outer() throws IOException {
        await(fails());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> fails() throws IOException {
        await(sleep(ZERO));
        throw new IOException("boom");
    }

    @Test
    void anExceptionHandlerThatThrowsIsLoggedTogetherWithTheReport() {
        VirtualTime.run(
                runner -> runner.exceptionHandler(report -> throwing("the handler itself")),
                () -> {
                    EventLoop.current().callSoon(() -> throwing("the callback"));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(logs.messages())
                .anyMatch(message -> message.contains("the handler itself"))
                .anyMatch(message -> message.contains("the callback"));
    }

    private static void throwing(String message) {
        throw new IllegalStateException(message);
    }

    private static void debugging(AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().debug(true)) {
            runner.run(main);
        }
    }
}
