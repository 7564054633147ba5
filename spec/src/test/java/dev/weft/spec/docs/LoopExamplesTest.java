package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The examples for loops and runners. */
class LoopExamplesTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private static Coroutine<String> reply() {
        await(sleep(ofSeconds(2)));
        return Coroutine.of("reply");
    }

    private static Coroutine<String> greet(String name) {
        return Coroutine.of("Hello " + name);
    }

    @Test
    void theExampleOfEventLoop() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> log.add("in the next iteration"));
                    loop.callLater(ofSeconds(1), () -> log.add("a second later"));
                    // any thread may hand in work
                    Callable<String> elsewhere = () -> loop.submit(() -> greet("Ada")).get();
                    log.add(await(blocking(elsewhere)));
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("in the next iteration", "Hello Ada", "a second later");
    }

    @Test
    void theExampleOfHandle() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Handle reminder = loop.callLater(ofSeconds(30), () -> log.add("no reply yet"));
                    log.add(await(reply()));
                    reminder.cancel(); // it came in time
                    await(sleep(ofSeconds(60)));
                    assertThat(reminder.cancelled()).isTrue();
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("reply");
    }

    @Test
    void theExampleOfRunner() {
        try (Runner runner = Weft.runner().virtualTime()) {
            log.add(runner.run(reply()));
            runner.run(sleep(ofDays(1))); // the same loop again; this takes no time
            log.add("after " + runner.loop().time() / 1_000_000_000 + " s");
        }
        assertThat(log).containsExactly("reply", "after 86402 s");
    }

    @Test
    void theExampleOfRunUntilIdle() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> Coroutine.of(Task.create(() -> reply())));
            runner.runUntilIdle(); // the task has ended, or waits for a timer or an event
            assertThat(runner.loop().time()).isZero();
        }
    }

    @Test
    void theExampleOfShuffled() {
        for (long seed = 0; seed < 20; seed++) {
            List<String> order = new ArrayList<>();
            try (Runner runner = Weft.runner().virtualTime().shuffled(seed)) {
                runner.run(() -> startsTwo(order));
            }
            assertThat(order).as("seed %d", seed).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Async
    private static Coroutine<Void> startsTwo(List<String> order) {
        for (String name : List.of("one", "two")) {
            Task.create(
                    () -> {
                        order.add(name);
                        return Coroutine.done();
                    });
        }
        await(sleep(ofSeconds(1)));
        return Coroutine.done();
    }

    @Test
    void theExampleOfUnhandled() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.exceptionHandler(unhandled -> log.add(unhandled.exception().getMessage()));
            runner.loop().execute(() -> Integer.parseInt("one")); // nobody waits for this
            runner.run(reply());
        }
        assertThat(log).containsExactly("For input string: \"one\"");
    }
}
