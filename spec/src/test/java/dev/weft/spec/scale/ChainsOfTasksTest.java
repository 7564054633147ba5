package dev.weft.spec.scale;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Growth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 11, 20 and 26 with long chains: each task awaits the one before it. */
@Tag("slow")
@Timeout(120)
class ChainsOfTasksTest {
    @Test
    void theEndOfALoopTakesLinearTimeForAChainOfTasks() {
        Growth.assertLinear(12_000, ChainsOfTasksTest::timeToEndByClose);
    }

    private static Duration timeToEndByClose(int size) {
        long begun;
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> chainAndWait(size));
            begun = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Async
    private static Coroutine<Void> chainAndWait(int size) {
        Deferred<Integer> last = new Promise<>();
        for (int i = 0; i < size; i++) {
            last = Task.create(awaits(last));
        }
        await(iterations(1));
        return Coroutine.done();
    }

    @Test
    void theCancelOfAGroupTakesLinearTimeForAChainOfChildren() {
        Growth.assertLinear(12_000, ChainsOfTasksTest::timeToEndByGroup);
    }

    private static Duration timeToEndByGroup(int size) {
        long[] begun = {0};
        VirtualTime.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    Deferred<Integer> last = new Promise<>();
                                    for (int i = 0; i < size; i++) {
                                        last = group.create(awaits(last));
                                    }
                                    await(iterations(1));
                                    begun[0] = System.nanoTime();
                                    group.cancel();
                                    return Coroutine.done();
                                }));
        return Duration.ofNanos(System.nanoTime() - begun[0]);
    }

    @Async
    private static Coroutine<Integer> awaits(Deferred<Integer> deferred) {
        return Coroutine.of(await(deferred));
    }

    @Test
    void tasksThatAwaitGathersOfOtherTasksAreCancelledAtAnyDepth() {
        VirtualTime.run(
                () -> {
                    Promise<Object> innermost = new Promise<>();
                    Deferred<?> outermost = nestedGathers(innermost, 20_000);
                    await(iterations(1));
                    assertThat(outermost.cancel("enough")).isTrue();
                    assertThat(innermost.cancelled()).isTrue();
                    assertThat(await(thrownBy(outermost)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
    }

    @Test
    void theEndOfALoopCancelsGathersOfTasksAtAnyDepth() {
        VirtualTime.run(
                () -> {
                    Deferred<?> outermost = nestedGathers(new Promise<>(), 20_000);
                    await(iterations(1));
                    assertThat(outermost.done()).isFalse();
                    return Coroutine.done();
                });
    }

    /** Alternates between a gather and a task that awaits the gather. */
    private static Deferred<?> nestedGathers(Promise<Object> innermost, int depth) {
        Deferred<?> last = innermost;
        for (int i = 0; i < depth; i++) {
            Deferred<? extends List<?>> gathered = gather(last);
            last = Task.create(awaitsAny(gathered));
        }
        return last;
    }

    @Async
    private static Coroutine<Object> awaitsAny(Deferred<?> deferred) {
        return Coroutine.of(await(deferred));
    }

    @Test
    void gathersOfGathersAreCancelledAtAnyDepth() {
        VirtualTime.run(
                () -> {
                    Promise<Object> innermost = new Promise<>();
                    Deferred<?> last = innermost;
                    for (int i = 0; i < 20_000; i++) {
                        last = gather(last);
                    }
                    assertThat(last.cancel("enough")).isTrue();
                    assertThat(innermost.cancelled()).isTrue();
                    assertThat(await(thrownBy(last))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void tooManyNestedRunsFailTheirOwnTaskAndNotTheLoop() {
        VirtualTime.Recorder program = VirtualTime.recorder();
        String value =
                program.run(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                Task.create(() -> Coroutine.of(runNested(sleep(ofSeconds(1)))));
                            }
                            await(sleep(ofSeconds(10)));
                            return Coroutine.of("value");
                        });
        assertThat(value).isEqualTo("value");
        assertThat(program.reports())
                .allMatch(report -> report.exception() instanceof IllegalStateException);
    }

    @Test
    void aCancelTakesLinearTimeForTasksThatWaitInACircleBesideOthers() {
        Growth.assertLinear(5_000, ChainsOfTasksTest::timeToCancelACircle);
    }

    private static Duration timeToCancelACircle(int size) {
        Duration[] taken = {null};
        VirtualTime.recorder()
                .run(
                        () -> {
                            List<Deferred<?>> all = new ArrayList<>();
                            List<Task<Void>> inCircle = new ArrayList<>();
                            for (int i = 0; i < size; i++) {
                                inCircle.add(Task.create(() -> awaitsFirst(all)));
                                Task.create(() -> awaitsFirst(all));
                            }
                            Deferred<?> gathered = gather(inCircle);
                            all.add(gathered);
                            await(iterations(1));
                            long begun = System.nanoTime();
                            gathered.cancel();
                            taken[0] = Duration.ofNanos(System.nanoTime() - begun);
                            return Coroutine.done();
                        });
        return taken[0];
    }

    @Async
    private static Coroutine<Void> awaitsFirst(List<Deferred<?>> all) {
        await(all.get(0));
        return Coroutine.done();
    }
}
