package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.BrokenLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 29: a loop survives a logger that throws. */
@Timeout(30)
class BrokenLogTest {
    private final BrokenLog broken = new BrokenLog();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        broken.close();
    }

    @Test
    void aLoopWithoutAnExceptionHandlerContinues() {
        String value =
                Weft.run(
                        () -> {
                            EventLoop loop = EventLoop.current();
                            loop.callSoon(() -> throwing("callback"));
                            loop.callSoon(() -> log.add("next callback"));
                            await(iterations(2));
                            return sleep(ZERO, "value");
                        });
        assertThat(value).isEqualTo("value");
        assertThat(log).containsExactly("next callback");
    }

    @Test
    void aLoopWhoseExceptionHandlerThrowsContinues() {
        String value =
                VirtualTime.run(
                        runner -> runner.exceptionHandler(report -> throwing("handler")),
                        () -> {
                            EventLoop loop = EventLoop.current();
                            loop.callSoon(() -> throwing("callback"));
                            loop.callSoon(() -> log.add("next callback"));
                            await(iterations(2));
                            return sleep(ZERO, "value");
                        });
        assertThat(value).isEqualTo("value");
        assertThat(log).containsExactly("next callback");
    }

    @Test
    void theShutDownEndsEveryTaskThoughItsReportsCannotBeLogged() {
        String value =
                Weft.run(
                        () -> {
                            Task.create(() -> Coroutine.failed(new RuntimeException("first")));
                            Task.create(() -> Coroutine.failed(new RuntimeException("second")));
                            await(iterations(1));
                            return Coroutine.of("value");
                        });
        assertThat(value).isEqualTo("value");
    }

    private static void throwing(String message) {
        throw new IllegalStateException(message);
    }
}
