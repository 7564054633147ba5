package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 18: timeouts inside other timeouts, and around and inside groups. */
class Rule18NestedTimeoutsTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void theInnerTimeoutThrowsWhenItExpiresFirst() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(1), sleep(ofSeconds(9)));
                    await(thrownBy(traced("outer", ofSeconds(2), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: TimeoutException", "outer: TimeoutException");
    }

    @Test
    void theOuterTimeoutThrowsWhenItExpiresFirst() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(2), sleep(ofSeconds(9)));
                    await(thrownBy(traced("outer", ofSeconds(1), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void withEqualDeadlinesTheOutermostTimeoutThrows() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(1), sleep(ofSeconds(9)));
                    Coroutine<Void> middle = traced("middle", ofSeconds(1), inner);
                    await(thrownBy(traced("outer", ofSeconds(1), middle)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "inner: CancelledError",
                        "middle: CancelledError",
                        "outer: TimeoutException");
    }

    @Test
    void theOutermostThrowsIfEqualDeadlinesWereSetAtDifferentTimes() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner =
                            Coroutine.from(
                                    () -> {
                                        await(sleep(ofSeconds(1)));
                                        return traced("inner", ofSeconds(1), sleep(ofSeconds(9)));
                                    });
                    await(thrownBy(traced("outer", ofSeconds(2), inner)));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void withEqualDeadlinesTheCleanUpIsNotInterrupted() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(1), cleaningUp(ofSeconds(5)));
                    await(thrownBy(traced("outer", ofSeconds(1), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "clean-up done", "inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void theOutermostThrowsIfSeveralExpiriesAreHeld() {
        VirtualTime.run(
                () -> {
                    Promise<Void> tie = new Promise<>();
                    EventLoop.current().callLater(ofSeconds(1), () -> tie.complete(null));
                    Coroutine<Void> body =
                            Coroutine.from(
                                    () -> {
                                        await(tie);
                                        trace.add("value");
                                        return cleaningUp(ofSeconds(5));
                                    });
                    Coroutine<Void> inner = traced("inner", ofSeconds(1), body);
                    await(thrownBy(traced("outer", ofSeconds(1), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "value",
                        "clean-up done",
                        "inner: CancelledError",
                        "outer: TimeoutException");
    }

    @Test
    void theOuterTimeoutThrowsIfItExpiresDuringTheCleanUpForTheInner() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(1), cleaningUp(ofSeconds(5)));
                    await(thrownBy(traced("outer", ofSeconds(2), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void theOuterTimeoutThrowsIfTheInnerExpiresDuringItsCleanUp() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> inner = traced("inner", ofSeconds(2), cleaningUp(ofSeconds(5)));
                    await(thrownBy(traced("outer", ofSeconds(1), inner)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void aTimeoutInsideTheCleanUpForAnotherThrowsItsOwnTimeoutException() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> body =
                            Coroutine.from(
                                    () -> {
                                        try {
                                            await(sleep(ofSeconds(9)));
                                        } finally {
                                            await(
                                                    thrownBy(
                                                            traced(
                                                                    "clean-up",
                                                                    ofSeconds(1),
                                                                    sleep(ofSeconds(9)))));
                                        }
                                        return Coroutine.done();
                                    });
                    await(thrownBy(traced("outer", ofSeconds(1), body)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("clean-up: TimeoutException", "outer: TimeoutException");
    }

    @Test
    void withEqualDeadlinesAcrossTasksTheOutermostTimeoutThrows() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(traced("inner", ofSeconds(1), sleep(ofSeconds(9))));
                    await(thrownBy(traced("outer", ofSeconds(1), task)));
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner: CancelledError", "outer: TimeoutException");
    }

    @Test
    void aGroupThatFailsInterruptsTheCleanUpForATimeoutInItsBody() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> scope =
                            TaskGroup.scope(
                                    group -> {
                                        group.create(() -> failingAfter(ofSeconds(2)));
                                        return traced(
                                                "body", ofSeconds(1), cleaningUp(ofSeconds(9)));
                                    });
                    assertThat(await(thrownBy(scope))).hasMessage("child");
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(Task.current().cancelling()).isZero();
                    await(iterations(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("body: CancelledError");
    }

    @Test
    void aChildThatFailsInItsCleanUpForATimeoutAroundTheGroupWins() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> scope =
                            TaskGroup.scope(
                                    group -> {
                                        group.create(() -> failingInItsCleanUp());
                                        await(sleep(ofSeconds(9)));
                                        return Coroutine.done();
                                    });
                    assertThat(await(thrownBy(timeout(ofSeconds(1), scope))))
                            .hasMessage("clean-up");
                    assertThat(Task.current().cancelling()).isZero();
                    await(iterations(1));
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
    }

    /** Awaits the body with a limit and traces the outcome. */
    @Async
    private Coroutine<Void> traced(String name, Duration limit, Awaitable<Void> body)
            throws TimeoutException {
        try {
            await(timeout(limit, body));
            trace.add(name + ": in time");
        } catch (TimeoutException | CancelledError thrown) {
            trace.add(name + ": " + thrown.getClass().getSimpleName());
            throw thrown;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> cleaningUp(Duration cleanUp) {
        try {
            await(sleep(ofSeconds(99)));
        } finally {
            await(sleep(cleanUp));
            trace.add("clean-up done");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failingAfter(Duration delay) {
        await(sleep(delay));
        throw new IllegalStateException("child");
    }

    @Async
    private static Coroutine<Void> failingInItsCleanUp() {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            fail();
        }
        return Coroutine.done();
    }

    private static void fail() {
        throw new IllegalStateException("clean-up");
    }
}
