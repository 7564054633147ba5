package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Runner;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of docs/from-asyncio.md about the loop, its settings and task-local values. */
class AsyncioLoopTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private static Coroutine<String> main() {
        await(sleep(ofMillis(1)));
        return Coroutine.of("main");
    }

    private static Coroutine<Integer> f() {
        return AsyncioTasksTest.f();
    }

    @Test
    void runEndsWithMain() {
        assertThat(Weft.run(main())).isEqualTo("main");
    }

    @Test
    void aRunnerRunsSeveralCoroutinesOnOneLoop() {
        try (Runner runner = Weft.runner()) {
            EventLoop loop = runner.loop();
            assertThat(runner.run(main())).isEqualTo("main");
            runner.run(main());
            assertThat(runner.loop()).isSameAs(loop);
        }
    }

    @Test
    void aRunnerHasSettings() {
        try (Runner runner = Weft.runner().debug(true)) {
            assertThat(runner.run(main())).isEqualTo("main");
        }
        try (Runner runner = Weft.runner().shutdownHook(true)) {
            assertThat(runner.run(main())).isEqualTo("main");
        }
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(f());
            assertThat(runner.loop().time()).isEqualTo(ofSeconds(1).toNanos());
        }
    }

    @Test
    void aNestedRunReturnsTheValue() {
        Program.run(
                () -> {
                    int value = runNested(f());
                    assertThat(value).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void callbacksRunSoonLaterOrAtATime() {
        Program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    long now = loop.time();
                    Handle soon = loop.callSoon(() -> log.add("soon"));
                    Handle later = loop.callLater(ofMillis(1_500), () -> log.add("later"));
                    Handle at = loop.callAt(loop.time() + 1_000, () -> log.add("at"));
                    assertThat(now).isZero();
                    await(sleep(ofSeconds(1)));
                    later.cancel();
                    assertThat(later.cancelled()).isTrue();
                    assertThat(soon.cancelled() || at.cancelled()).isFalse();
                    return sleep(ofSeconds(1));
                });
        assertThat(log).containsExactly("soon", "at");
    }

    @Test
    void anExceptionHandlerReceivesWhatNoCodeCanSee() {
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            loop.exceptionHandler(unhandled -> log.add(unhandled.message()));
            loop.execute(() -> Integer.parseInt("one"));
            runner.run(main());
        }
        assertThat(log).hasSize(1);
    }

    @Test
    void aTaskLocalHasAValueForATask() {
        TaskLocal<String> user = TaskLocal.create();
        Program.run(
                () -> {
                    assertThat(user.get()).isNull();
                    await(user.where("Ada", () -> f()));
                    assertThat(user.get()).isNull();
                    user.set("Ada");
                    assertThat(user.get()).isEqualTo("Ada");
                    return Coroutine.done();
                });
    }
}
