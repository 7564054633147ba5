package dev.weft.spec.closing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.CancelledError;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** try-with-resources waits for the end of a resource. */
@SuppressWarnings("try") // a resource that is only opened and closed
class ClosingTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void theStatementWaitsUntilTheResourceIsClosed() {
        VirtualTime.run(
                () -> {
                    try (var resource = closing(new Resource(log, ofSeconds(1)))) {
                        log.add(resource.get() == null ? "none" : "open");
                    }
                    log.add("after " + VirtualTime.elapsed());
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("open", "closing", "closed", "after PT1S");
    }

    @Test
    void returnBreakAndContinueWaitToo() {
        int result = VirtualTime.run(() -> leaves());

        assertThat(result).isEqualTo(3);
        assertThat(log)
                .containsExactly(
                        "0", "closing", "closed", "1", "closing", "closed", "2", "closing",
                        "closed");
    }

    @Async
    private Coroutine<Integer> leaves() {
        for (int i = 0; ; i++) {
            try (var resource = closing(new Resource(log, ZERO))) {
                log.add(Integer.toString(i));
                if (i == 0) {
                    continue;
                }
                if (i == 2) {
                    return Coroutine.of(i + 1);
                }
            }
        }
    }

    @Test
    void severalResourcesAreClosedInReverse() {
        VirtualTime.run(
                () -> {
                    try (var one = closing(named("one"));
                            var two = closing(named("two"))) {
                        log.add("open");
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("open", "two", "one");
    }

    private AsyncCloseable named(String name) {
        return () -> {
            await(sleep(ofSeconds(1)));
            log.add(name);
            return Coroutine.done();
        };
    }

    @Test
    void aFailureOfTheBodyHasTheFailureOfClosingSuppressed() {
        IllegalStateException ofBody = new IllegalStateException("body");
        IllegalStateException ofClose = new IllegalStateException("close");
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            try (var r = closing(new Resource(log, ofSeconds(1), ofClose))) {
                                throw ofBody;
                            }
                        });

        assertThat(failure).isSameAs(ofBody).hasSuppressedException(ofClose);
        assertThat(log).containsExactly("closing", "closed");
    }

    @Test
    void aCancellationClosesTheResource() {
        VirtualTime.run(
                () -> {
                    Task<Void> user = Task.create(() -> use(ofSeconds(1)));
                    await(sleep(ofSeconds(5)));
                    user.cancel();
                    try {
                        await(user);
                    } catch (CancelledError cancelled) {
                        log.add("cancelled at " + VirtualTime.elapsed());
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("closing", "closed", "cancelled at PT6S");
    }

    @Async
    private Coroutine<Void> use(java.time.Duration time) {
        try (var resource = closing(new Resource(log, time))) {
            await(sleep(ofSeconds(100)));
        }
        return Coroutine.done();
    }

    @Test
    void aResourceOfNullIsRefused() {
        assertThatThrownBy(() -> closing(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("resource");
    }

    @Test
    void aCloseThatReturnsNullFailsWithAReason() {
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            try (Closing<?> broken = closing(() -> null)) {
                                log.add("open");
                            }
                            return Coroutine.done();
                        });

        assertThat(failure).isInstanceOf(NullPointerException.class).hasMessageContaining("null");
    }

    @Test
    void theTraceOfAFailureShowsTheCloseAndItsCaller() {
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            try (var r = closing(new BrokenAtTheEnd())) {
                                log.add("open");
                            }
                            return Coroutine.done();
                        });

        assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("closeAsync");
        assertThat(failure.getStackTrace()[1].getMethodName())
                .startsWith("lambda$theTraceOfAFailureShowsTheCloseAndItsCaller$");
    }

    private static final class BrokenAtTheEnd implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            await(sleep(ofSeconds(1)));
            throw new IllegalStateException("broken");
        }
    }
}
