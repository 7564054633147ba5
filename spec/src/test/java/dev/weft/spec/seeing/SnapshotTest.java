package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.TaskKind;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.TaskState;
import dev.weft.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot shows the tasks of a loop. */
@Timeout(60)
class SnapshotTest {
    private static final TaskLocal<String> USER = TaskLocal.create("user");

    private static <T> T run(boolean isDebug, AsyncCallable<T> main) {
        try (Runner runner = Weft.runner().virtualTime().debug(isDebug)) {
            return runner.run(main);
        }
    }

    private static LoopSnapshot snapshot() {
        return EventLoop.current().snapshot();
    }

    @Test
    void aTaskHasItsNameItsStateAndItsAwaits() {
        LoopSnapshot snapshot =
                run(
                        false,
                        () -> {
                            USER.set("Ada");
                            Task.create("saver", () -> save());
                            await(sleep(ofSeconds(1)));
                            Task.create("late", () -> save());
                            return Coroutine.of(snapshot());
                        });

        assertThat(snapshot.tasks())
                .extracting(TaskSnapshot::name, TaskSnapshot::state)
                .containsExactly(
                        tuple("Task-1", TaskState.RUNNING),
                        tuple("saver", TaskState.SLEEPING),
                        tuple("late", TaskState.NEW));
        TaskSnapshot saver = snapshot.tasks().get(1);
        assertThat(saver.stack())
                .extracting(StackTraceElement::getMethodName)
                .containsExactly("write", "save");
        assertThat(saver.waitsFor()).hasToString("9.0 s of sleep");
        assertThat(saver.locals()).containsExactly("user");
        assertThat(saver.creator()).isNull();
        assertThat(snapshot.counts().tasks()).isEqualTo(3);
        assertThat(snapshot.counts().timers()).isEqualTo(1);
        assertThat(snapshot.counts().states())
                .isEqualTo(
                        Map.of(
                                TaskState.RUNNING, 1,
                                TaskState.SLEEPING, 1,
                                TaskState.NEW, 1));
    }

    @Async
    private static Coroutine<Void> save() {
        await(write());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> write() {
        await(sleep(ofSeconds(10)));
        return Coroutine.done();
    }

    @Test
    void inDebugModeATaskHasItsCreatorAndItsAge() {
        LoopSnapshot snapshot =
                run(
                        true,
                        () -> {
                            Task.create("outer", () -> createsInner());
                            await(sleep(ofSeconds(3)));
                            return Coroutine.of(snapshot());
                        });

        assertThat(snapshot.tasks())
                .extracting(TaskSnapshot::name, TaskSnapshot::creator, TaskSnapshot::age)
                .containsExactly(
                        tuple("Task-1", null, ofSeconds(3)),
                        tuple("outer", 1L, ofSeconds(3)),
                        tuple("inner", 2L, ofSeconds(2)));
    }

    @Async
    private static Coroutine<Void> createsInner() {
        await(sleep(ofSeconds(1)));
        Task<Void> inner = Task.create("inner", () -> save());
        await(inner);
        return Coroutine.done();
    }

    @Test
    void aGroupHasItsOwnerAndItsChildren() {
        LoopSnapshot snapshot =
                run(
                        false,
                        () -> {
                            Task.create("owner", () -> family());
                            await(sleep(ofSeconds(1)));
                            return Coroutine.of(snapshot());
                        });

        assertThat(snapshot.groups()).hasSize(2);
        assertThat(snapshot.groups().get(0).owner()).isEqualTo(2);
        assertThat(snapshot.groups().get(0).state()).isEqualTo("open");
        assertThat(snapshot.groups().get(0).children()).containsExactly(3L);
        assertThat(snapshot.groups().get(1).children()).containsExactly(4L, 5L);
        assertThat(snapshot.tree())
                .containsSubsequence(
                        "task Task-1: running",
                        "task owner #2: waits for task group, 2 tasks",
                        "  task outer #3: waits for 9.0 s of sleep",
                        "  task one #4:",
                        "  task two #5:");
    }

    private static Coroutine<Void> family() {
        return TaskGroup.scope(
                outer -> {
                    outer.create("outer", () -> save());
                    await(
                            TaskGroup.scope(
                                    inner -> {
                                        inner.create("one", () -> save());
                                        inner.create("two", () -> save());
                                        return Coroutine.done();
                                    }));
                    return Coroutine.done();
                });
    }

    @Test
    void tasksThatWaitForEachOtherAreADeadlock() {
        LoopSnapshot snapshot =
                run(
                        false,
                        () -> {
                            AsyncLock left = new AsyncLock();
                            AsyncLock right = new AsyncLock();
                            Task.create("A", () -> left.with(() -> later(right)));
                            Task.create("B", () -> right.with(() -> later(left)));
                            Task.create("C", () -> left.acquire());
                            await(sleep(ofSeconds(1)));
                            return Coroutine.of(snapshot());
                        });

        assertThat(snapshot.deadlocks()).containsExactly(List.of(2L, 3L));
        assertThat(snapshot.describeDeadlocks()).containsExactly("A waits for B waits for A");
        assertThat(snapshot.tree()).contains("deadlock: A waits for B waits for A");
    }

    @Async
    private static Coroutine<Void> later(AsyncLock lock) {
        await(sleep(ZERO));
        await(lock.acquire());
        return Coroutine.done();
    }

    @Test
    void aRunThatCannotEndNamesTheDeadlock() {
        try (Runner runner = Weft.runner().virtualTime()) {
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () -> {
                                                await(Task.create("own", () -> forever()));
                                                return Coroutine.done();
                                            }))
                    .hasMessageContaining("task own, waits for promise")
                    .hasMessageContaining("task Task-1, waits for task own");
        }
    }

    @Async
    private static Coroutine<Void> forever() {
        await(new Promise<Void>());
        return Coroutine.done();
    }

    @Test
    void tasksOfOneKindAreCountedTogether() {
        LoopSnapshot snapshot =
                run(
                        false,
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                Task.create(() -> save());
                            }
                            await(sleep(ofSeconds(1)));
                            return Coroutine.of(snapshot());
                        });

        assertThat(snapshot.tasks()).hasSize(10_000);
        assertThat(snapshot.counts().tasks()).isEqualTo(20_001);
        TaskKind first = snapshot.kinds().get(0);
        assertThat(first.count()).isEqualTo(20_000);
        assertThat(first.body()).endsWith("SnapshotTest.save");
        assertThat(first.place()).extracting(e -> e.getMethodName()).isEqualTo("write");
        assertThat(first.oldest()).isEqualTo(2);
        assertThat(snapshot.tree())
                .contains("and 10,001 more tasks")
                .contains("    20,000 sleeping");
    }

    @Test
    void theJsonEscapesWhatUsersWrite() {
        String json =
                run(
                        false,
                        () -> {
                            Task.create("a \"name\"\n\\ \uD800", () -> save());
                            await(sleep(ZERO));
                            return Coroutine.of(snapshot().toJson());
                        });

        assertThat(json)
                .startsWith("{\"name\":\"")
                .contains("\"name\":\"a \\\"name\\\"\\u000a\\\\ \\ud800\",\"state\":\"SLEEPING\"")
                .contains("\"method\":\"write\"");
    }

    @Test
    void theTreeEscapesControlCharacters() {
        String tree =
                run(
                        false,
                        () -> {
                            Task.create("red \u001b[31m\n", () -> save());
                            await(sleep(ZERO));
                            return Coroutine.of(snapshot().tree());
                        });

        assertThat(tree).contains("task red \\u001b[31m\\n #2: waits for 10.0 s of sleep");
    }

    @Test
    void anInspectionThatWasAcceptedEndsWithTheLoop() throws Exception {
        CompletableFuture<LoopSnapshot> asked;
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            runner.run(() -> Coroutine.of(Task.create(() -> save())));
            loop.inspect(1).cancel(false);
            asked = loop.inspect(1);
        }
        assertThat(asked.handle((snapshot, failure) -> "ended").get(10, TimeUnit.SECONDS))
                .isEqualTo("ended");
    }

    @Test
    void anyThreadMayInspectALoopThatRuns() throws Exception {
        try (LoopThread thread = LoopThread.start("inspected")) {
            CompletableFuture<Void> saving = thread.submit(() -> save());
            thread.loop().inspect(0).get(10, TimeUnit.SECONDS); // the task begins behind this
            LoopSnapshot snapshot = thread.loop().inspect(10).get(10, TimeUnit.SECONDS);
            assertThat(snapshot.name()).isEqualTo("inspected");
            assertThat(snapshot.tasks())
                    .extracting(TaskSnapshot::state)
                    .contains(TaskState.SLEEPING);
            assertThat(EventLoop.all()).contains(thread.loop());
            assertThat(Weft.dump()).contains("loop of thread inspected").contains(".write(");
            saving.cancel(true);
        }
        assertThat(Weft.dump()).doesNotContain("inspected");
    }

    @Test
    void theAgeOfATaskGrowsWhileItsLoopSleeps() throws Exception {
        try (LoopThread thread = LoopThread.start("sleepy")) {
            CompletableFuture<Void> saving = thread.submit(() -> save());
            thread.loop().inspect(0).get(10, TimeUnit.SECONDS); // the task begins behind this
            long end = System.nanoTime() + ofMillis(1_500).toNanos();
            while (System.nanoTime() < end) { // the watch looks four times a second
                LockSupport.parkNanos(end - System.nanoTime());
            }
            LoopSnapshot snapshot = thread.loop().inspect(10).get(10, TimeUnit.SECONDS);
            assertThat(snapshot.tasks().get(1).age()).isGreaterThan(ofMillis(500));
            saving.cancel(true);
        }
    }

    @Test
    void inspectionsGoOnWhileTasksEndAndBegin() throws Exception {
        AtomicBoolean ends = new AtomicBoolean();
        try (LoopThread thread = LoopThread.start("busy")) {
            CompletableFuture<Void> churning = thread.submit(() -> churn(ends));
            List<CompletableFuture<LoopSnapshot>> inspections = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                inspections.add(thread.loop().inspect(i % 3 == 0 ? 0 : 1_000));
                if (i % 10 == 0) {
                    inspections.get(i).get(30, TimeUnit.SECONDS);
                }
            }
            for (CompletableFuture<LoopSnapshot> inspection : inspections) {
                assertThat(inspection.get(30, TimeUnit.SECONDS).counts().tasks()).isPositive();
            }
            ends.set(true);
            churning.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void othersRunBetweenTheSlicesOfAnInspection() {
        run(
                false,
                () -> {
                    for (int i = 0; i < 300_000; i++) {
                        Task.create(() -> save());
                    }
                    await(sleep(ZERO));
                    CompletableFuture<LoopSnapshot> inspection = EventLoop.current().inspect(100);
                    int turns = 0;
                    while (!inspection.isDone()) {
                        await(sleep(ZERO));
                        turns++;
                    }
                    assertThat(turns).isGreaterThan(3);
                    assertThat(inspection.join().counts().tasks()).isEqualTo(300_001);
                    return Coroutine.done();
                });
    }

    /** Keeps 5,000 tasks alive that end in any order. */
    @Async
    private static Coroutine<Void> churn(AtomicBoolean ends) {
        while (!ends.get()) {
            for (int i = 0; i < 1_000; i++) {
                long nanos = (i * 7_919L) % 5_000_000;
                Task.create(() -> sleep(ofNanos(nanos)));
            }
            await(sleep(ofMillis(1)));
        }
        return Coroutine.done();
    }

    @Test
    void aStuckLoopIsShownWithTheStackOfItsThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (LoopThread thread = LoopThread.start("hung")) {
            CompletableFuture<Void> hanging =
                    thread.submit(
                            () -> {
                                begun.countDown();
                                end.await();
                                return Coroutine.done();
                            });
            begun.await();
            String dump = Weft.dump();
            end.countDown();
            hanging.get(10, TimeUnit.SECONDS);
            assertThat(dump)
                    .contains(
                            "the loop has not answered for 1000 ms; it is stuck in a step of task")
                    .contains("CountDownLatch.await")
                    .contains(
                            "approximate (read while the loop does not answer): loop of thread hung");
        }
    }

    @Test
    void aLoopBetweenTwoRunsIsShown() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> Coroutine.of(Task.create("left", () -> save())));
            runner.runUntilIdle();
            assertThat(Weft.dump()).contains("task left #2: waits for 10.0 s of sleep");
        }
    }

    @Test
    void aLoopWhoseRunEndsMeanwhileIsNotStuck() throws Exception {
        CompletableFuture<String> dump = new CompletableFuture<>();
        Thread asks = new Thread(() -> dump.complete(Weft.dump()), "asks");
        try (Runner runner = Weft.runner()) {
            runner.run(
                    () -> {
                        asks.start();
                        while (asks.getState() != Thread.State.TIMED_WAITING) {
                            Thread.onSpinWait(); // until the question is handed in
                        }
                        return Coroutine.done();
                    });
            assertThat(dump.get(10, TimeUnit.SECONDS))
                    .contains("approximate (not running)")
                    .doesNotContain("has not answered");
        }
    }

    @Test
    void inspectionsThatWereCancelledTakeNoTime() {
        run(
                false,
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        Task.create(() -> save());
                    }
                    await(sleep(ZERO));
                    for (int i = 0; i < 1_000; i++) {
                        EventLoop.current().inspect(1).cancel(false);
                    }
                    long began = System.nanoTime();
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    assertThat(System.nanoTime() - began).isLessThan(ofSeconds(2).toNanos());
                    return Coroutine.done();
                });
    }
}
