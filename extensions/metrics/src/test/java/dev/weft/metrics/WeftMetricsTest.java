package dev.weft.metrics;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters of a loop have the numbers of what the loop does, and end with the loop. */
@Timeout(20)
class WeftMetricsTest {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WeftMetrics metrics = new WeftMetrics();

    @AfterEach
    void end() {
        metrics.close();
    }

    /** Returns the value of a sample as Prometheus reads it. */
    private double scraped(String nameAndTags) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(nameAndTags + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(nameAndTags.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(nameAndTags + " in " + registry.scrape()));
    }

    private double ofMain(String name) {
        return scraped(name + "{loop=\"" + Thread.currentThread().getName() + "\"}");
    }

    private double ended(String outcome) {
        return scraped(
                "weft_tasks_ended_total{loop=\""
                        + Thread.currentThread().getName()
                        + "\",outcome=\""
                        + outcome
                        + "\"}");
    }

    private static void run(AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled -> {})) {
            runner.run(main);
        }
    }

    @Async
    private static Coroutine<Void> program() {
        List<Task<Void>> sleepers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sleepers.add(Task.create(() -> sleep(ofMinutes(1))));
        }
        for (int i = 0; i < 3; i++) {
            await(Task.create(() -> sleep(ofSeconds(1))));
        }
        Task.create(() -> Coroutine.failed(new IllegalStateException("no")));
        sleepers.get(0).cancel();
        sleepers.get(1).cancel();
        await(sleep(ofSeconds(1)));
        return Coroutine.done();
    }

    @Test
    void tasksAndTimersAreCounted() {
        metrics.bindTo(registry);
        run(
                () -> {
                    await(program());
                    assertThat(ofMain("weft_tasks_started_total")).isEqualTo(10);
                    assertThat(ofMain("weft_tasks_alive")).isEqualTo(4);
                    assertThat(ended("succeeded")).isEqualTo(3);
                    assertThat(ended("failed")).isEqualTo(1);
                    assertThat(ended("cancelled")).isEqualTo(2);
                    assertThat(ofMain("weft_timers_lag_seconds_count")).isEqualTo(4);
                    assertThat(ofMain("weft_timers_lag_seconds_sum")).isZero();
                    assertThat(ofMain("weft_timers_pending")).isEqualTo(4);
                    assertThat(ofMain("weft_ready")).isZero();
                    assertThat(ofMain("weft_idle_seconds_count")).isEqualTo(4);
                    assertThat(ofMain("weft_handins_total")).isZero();
                    assertThat(ofMain("weft_stalls_total")).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void stepsHaveAHistogramAndCallbacksAreSteps() {
        metrics.bindTo(registry);
        run(
                () -> {
                    EventLoop.current().callSoon(() -> {});
                    await(sleep(ofSeconds(1)));
                    assertThat(ofMain("weft_steps_seconds_count")).isEqualTo(2);
                    String all =
                            "weft_steps_seconds_bucket{loop=\""
                                    + Thread.currentThread().getName()
                                    + "\",le=\"+Inf\"}";
                    assertThat(scraped(all)).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void failuresThatNobodySeesAndCallsOfOtherThreadsAreCounted() {
        metrics.bindTo(registry);
        run(
                () -> {
                    EventLoop.current()
                            .callSoon(
                                    () -> {
                                        throw new IllegalStateException("no");
                                    });
                    await(blocking(() -> {}));
                    await(sleep(ofSeconds(1))); // after everything that was handed in
                    assertThat(ofMain("weft_unhandled_total")).isEqualTo(1);
                    assertThat(ofMain("weft_handins_total")).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void readyStepsAreSampledByALoopThatDoesNotSleep() {
        metrics.bindTo(registry);
        run(
                () -> {
                    List<Task<Void>> busy = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        busy.add(Task.create(() -> untilReadyIsSeen()));
                    }
                    for (Task<Void> task : busy) {
                        await(task);
                    }
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Void> untilReadyIsSeen() {
        while (ofMain("weft_ready") < 10) {
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void metersEndWithTheLoop() {
        metrics.bindTo(registry);
        run(WeftMetricsTest::program);

        assertThat(registry.getMeters()).isEmpty();
        assertThat(registry.scrape()).doesNotContain("weft");
    }

    @Test
    void loopsOfThreadsWithOneNameShareTheirMeters() throws Exception {
        metrics.bindTo(registry);
        try (LoopThread one = LoopThread.start("pair")) {
            int meters = registry.getMeters().size();
            try (LoopThread other = LoopThread.start("pair")) {
                one.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
                other.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
                assertThat(registry.getMeters()).hasSize(meters);
                // two tasks that keep the threads, and two that were handed in
                assertThat(scraped("weft_tasks_started_total{loop=\"pair\"}")).isEqualTo(4);
                assertThat(scraped("weft_tasks_alive{loop=\"pair\"}")).isEqualTo(2);
            }
            assertThat(registry.getMeters()).hasSize(meters);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void openLoopsAreMeasuredFromTheBindingOn() throws Exception {
        try (LoopThread thread = LoopThread.start("server")) {
            CompletableFuture<Void> sleeping = thread.submit(() -> sleep(ofMinutes(10)));
            thread.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            new WeftMetrics(List.of(Tag.of("app", "shop"))).bindTo(registry);
            thread.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);

            assertThat(scraped("weft_tasks_alive{app=\"shop\",loop=\"server\"}")).isEqualTo(2);
            assertThat(sleeping.cancel(true)).isTrue();
        }
    }

    @Test
    void bindingTwiceCountsOnce() {
        metrics.bindTo(registry);
        metrics.bindTo(registry);
        run(
                () -> {
                    assertThat(ofMain("weft_tasks_started_total")).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void closingTheBinderRemovesTheMetersOfOpenLoops() throws Exception {
        try (LoopThread thread = LoopThread.start("server")) {
            metrics.bindTo(registry);
            thread.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            assertThat(registry.getMeters()).isNotEmpty();

            metrics.close();

            thread.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void tenThousandLoopsLeaveNoMeter() {
        metrics.bindTo(registry);
        for (int i = 0; i < 10_000; i++) {
            Weft.run(() -> Coroutine.done());
        }

        assertThat(registry.getMeters()).isEmpty();
    }
}
