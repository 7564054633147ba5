package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import dev.weft.spec.support.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An observer hears what a loop does, in order, and changes nothing. */
@Timeout(20)
class ObserverTest {
    private final List<String> log = new ArrayList<>();

    /** Writes each event to the log. */
    private final class Recorder implements LoopObserver {
        private final String prefix;

        Recorder(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void taskCreated(ObservedTask task, @Nullable ObservedTask creator) {
            String by = creator == null ? "nobody" : creator.name();
            log.add(prefix + "created " + task.name() + " by " + by);
        }

        @Override
        public void stepBegins(Step step) {
            log.add(prefix + "begins " + nameOf(step));
            assertThat(step.ended()).isZero();
        }

        @Override
        public void stepEnds(Step step) {
            ObservedTask task = step.task();
            String state = task == null ? "" : " " + task.observedState();
            String wait = task == null || task.waitsFor() == null ? "" : ", " + task.waitsFor();
            log.add(prefix + "ends " + nameOf(step) + state + wait);
            assertThat(step.ended()).isGreaterThanOrEqualTo(step.began() + step.nested());
        }

        private String nameOf(Step step) {
            return step.task() == null ? step.label() : step.task().name();
        }

        @Override
        public void taskEnded(ObservedTask task, @Nullable Throwable failure) {
            log.add(prefix + "ended " + task.name() + (failure == null ? "" : ", " + failure));
        }

        @Override
        public void timerFired(long late) {
            log.add(prefix + "timer, late by " + late);
        }

        @Override
        public void unhandled(String message, Throwable failure, @Nullable ObservedTask task) {
            log.add(prefix + message);
        }

        @Override
        public void loopClosed() {
            log.add(prefix + "closed");
        }
    }

    private void run(AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled -> {})) {
            runner.loop().observe(new Recorder(""));
            runner.run(main);
        }
    }

    @Test
    void stepsAreToldInTheOrderInWhichTheyRun() {
        run(
                () -> {
                    Task<Void> saver = Task.create("saver", () -> sleep(ofSeconds(1)));
                    await(saver);
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly(
                        "created Task-1 by nobody",
                        "begins Task-1",
                        "created saver by Task-1",
                        "ends Task-1 WAITING, task saver",
                        "begins saver",
                        "ends saver SLEEPING, sleep, 1.0 s left",
                        "timer, late by 0",
                        "begins saver",
                        "ended saver",
                        "ends saver SUCCEEDED",
                        "begins Task-1",
                        "ended Task-1",
                        "ends Task-1 SUCCEEDED",
                        "closed");
    }

    @Test
    void endsHaveTheirFailuresAndWhatNobodySeesIsTold() {
        run(
                () -> {
                    Task.create("bad", () -> Coroutine.failed(new IllegalStateException("no")));
                    Task<Void> sleeper = Task.create("sleeper", () -> sleep(ofSeconds(1)));
                    Task<Void> unborn = Task.create("unborn", () -> sleep(ofSeconds(1)));
                    unborn.cancel();
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    sleeper.cancel("enough");
                    await(sleep(ZERO));
                    return Coroutine.done();
                });

        assertThat(log)
                .contains(
                        "ended bad, java.lang.IllegalStateException: no",
                        "ended sleeper, dev.weft.CancelledError: enough",
                        "task bad failed and nobody looked at it")
                .contains("ends unborn CANCELLED");
    }

    @Test
    void aTaskTellsWhereItIsAndWhichTaskItAwaits() {
        run(
                () -> {
                    Task<Void> named = Task.create("named", blocksFor50ms());
                    Task<Void> unnamed = Task.create(awaits(named));
                    assertThat(named.givenName()).isEqualTo("named");
                    assertThat(unnamed.givenName()).isNull();
                    assertThat(named.place()).hasToString(named.stack().get(0).toString());
                    assertThat(unnamed.awaitedTask()).isNull();
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    assertThat(unnamed.place()).isEqualTo(unnamed.stack().get(0));
                    assertThat(unnamed.awaitedTask()).isSameAs(named);
                    assertThat(named.awaitedTask()).isNull();
                    await(unnamed);
                    assertThat(unnamed.place()).isNull();
                    assertThat(unnamed.awaitedTask()).isNull();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> awaits(Task<Void> task) {
        await(task);
        return Coroutine.done();
    }

    @Test
    void callbacksAreStepsWithoutATask() {
        run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> Task.create("made", () -> Coroutine.done()));
                    Handle never = loop.callSoon(() -> {});
                    never.cancel();
                    await(sleep(ofMillis(1)));
                    return Coroutine.done();
                });

        assertThat(log)
                .containsSubsequence(
                        "begins a callback",
                        "created made by nobody",
                        "ends a callback",
                        "begins made");
        assertThat(log).filteredOn("begins a callback"::equals).hasSize(1);
    }

    @Test
    void aNestedRunIsPartOfTheStepAroundIt() {
        List<Long> own = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop()
                    .observe(
                            new LoopObserver() {
                                @Override
                                public void stepEnds(Step step) {
                                    own.add(step.ended() - step.began() - step.nested());
                                }
                            });
            runner.run(
                    () -> {
                        runNested(blocksFor50ms());
                        return Coroutine.done();
                    });
        }

        assertThat(own).hasSizeGreaterThan(1);
        assertThat(own.get(own.size() - 1)).isLessThan(ofMillis(50).toNanos());
    }

    @Async
    private static Coroutine<Void> blocksFor50ms() {
        await(blocking(() -> Thread.sleep(50)));
        return Coroutine.done();
    }

    @Test
    void severalObserversAreCalledLikeBrackets() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Handle outer = runner.loop().observe(new Recorder("a "));
            runner.loop().observe(new Recorder("b "));
            runner.run(() -> Coroutine.done());
            outer.cancel();
            log.add("removed");
            runner.run(() -> Coroutine.done());
            assertThat(outer.cancelled()).isTrue();
        }

        assertThat(log)
                .containsSubsequence(
                        "a begins Task-1",
                        "b begins Task-1",
                        "b ends Task-1 SUCCEEDED",
                        "a ends Task-1 SUCCEEDED");
        assertThat(log.subList(log.indexOf("removed") + 1, log.size()))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("b "));
    }

    @Test
    void anObserverThatThrowsIsLoggedAndDropped() {
        try (Logs logs = new Logs();
                Runner runner = Weft.runner().virtualTime()) {
            runner.loop()
                    .observe(
                            new LoopObserver() {
                                @Override
                                public void stepBegins(Step step) {
                                    log.add("throws");
                                    throw new IllegalStateException("broken");
                                }
                            });
            runner.loop().observe(new Recorder(""));
            runner.run(() -> sleep(ofSeconds(1)));
            assertThat(logs.about("an observer of the event loop failed").getMessage())
                    .contains("broken");
        }

        assertThat(log).containsOnlyOnce("throws").contains("ended Task-1");
    }

    @Test
    void whatAnObserverDoesIsToldToNobody() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop()
                    .observe(
                            new LoopObserver() {
                                @Override
                                public void taskCreated(
                                        ObservedTask task, @Nullable ObservedTask creator) {
                                    log.add("created " + task.name());
                                    Task.create("by the observer", () -> Coroutine.done());
                                }
                            });
            runner.run(() -> sleep(ofSeconds(1)));
        }

        assertThat(log).containsExactly("created Task-1");
    }

    @Test
    void observersComeAndGoInsideSteps() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(
                    () -> {
                        Handle handle = EventLoop.current().observe(new Recorder(""));
                        await(sleep(ZERO));
                        handle.cancel();
                        await(sleep(ZERO));
                        return Coroutine.done();
                    });
        }

        assertThat(log).containsExactly("begins Task-1");
    }

    @Test
    void observeIsForTheLoopsThreadAndNeedsAnObserver() {
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            assertThatThrownBy(() -> loop.observe(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () ->
                                                    Coroutine.of(
                                                            await(
                                                                    blocking(
                                                                            () ->
                                                                                    loop.observe(
                                                                                            new LoopObserver() {}))))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("observe");
        }
    }

    @Test
    void aListenerIsCalledForOpenAndForNewLoops() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        try (LoopThread open = LoopThread.start("open")) {
            Handle listening =
                    EventLoop.onOpen(
                            loop -> {
                                assertThat(Thread.currentThread()).isSameAs(loop.thread());
                                threads.add(loop.thread().getName());
                                loop.observe(new LoopObserver() {});
                            });
            open.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            try (LoopThread fresh = LoopThread.start("fresh")) {
                fresh.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            }
            listening.cancel();
            assertThat(listening.cancelled()).isTrue();
            try (LoopThread late = LoopThread.start("late")) {
                late.submit(() -> Coroutine.done()).get(10, TimeUnit.SECONDS);
            }
        }

        assertThat(threads).contains("open", "fresh").doesNotContain("late");
    }
}
