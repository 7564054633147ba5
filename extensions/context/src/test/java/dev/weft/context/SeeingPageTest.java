package dev.weft.context;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Handle;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The examples of the page about seeing. */
class SeeingPageTest {
    private static final List<String> log = new CopyOnWriteArrayList<>();

    @Async
    static Coroutine<Void> serve(String user) {
        MDC.put("user", user);
        await(sleep(ofSeconds(1))); // others run meanwhile, each with its own MDC
        log.add("served " + MDC.get("user"));
        await(blocking(() -> log.add("saved " + MDC.get("user")))); // on another thread
        return Coroutine.done();
    }

    static CompletableFuture<Void> handle(LoopThread server, String user) {
        MDC.put("request", "17");
        return server.submit(ContextPropagation.wrap(() -> serve(user)));
    }

    @BeforeEach
    void begin() {
        log.clear();
    }

    @Test
    void tasksHaveTheirOwnValues() {
        Handle installed = ContextPropagation.install();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(SeeingPageTest::servesTwo);
        } finally {
            installed.cancel();
        }

        assertThat(log)
                .containsExactlyInAnyOrder("served Ada", "served Bob", "saved Ada", "saved Bob");
    }

    @Async
    private static Coroutine<Void> servesTwo() {
        Task<Void> ada = Task.create(serve("Ada"));
        Task<Void> bob = Task.create(serve("Bob"));
        await(ada);
        await(bob);
        return Coroutine.done();
    }

    @Test
    void aWrappedBodyHasTheValuesOfTheThreadThatHandsItIn() throws Exception {
        Handle installed = ContextPropagation.install();
        try (LoopThread server = LoopThread.start("server", runner -> runner.virtualTime())) {
            handle(server, "Eve").get(10, TimeUnit.SECONDS);
        } finally {
            installed.cancel();
            MDC.clear();
        }
        assertThat(log).containsExactly("served Eve", "saved Eve");
    }
}
