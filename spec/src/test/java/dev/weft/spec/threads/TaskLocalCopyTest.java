package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 35: task-local values are copied, shared or absent. */
class TaskLocalCopyTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final TaskLocal<String> local = TaskLocal.create();
    private final List<String> log = new ArrayList<>();

    @Test
    void valuesAreCopiedToTasksCallbacksAndBlockingWorkAtTheirCreation() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<Void> promise = new Promise<>();
                    local.set("then");
                    Task<Void> task = Task.create(() -> logs("task"));
                    loop.callSoon(() -> log.add("soon " + local.get()));
                    loop.callLater(ofSeconds(1), () -> log.add("later " + local.get()));
                    loop.callAt(ofSeconds(2).toNanos(), () -> log.add("at " + local.get()));
                    loop.execute(() -> log.add("executed " + local.get()));
                    promise.addDoneCallback(done -> log.add("callback " + local.get()));
                    local.set("now");
                    promise.complete(null);
                    await(task);
                    log.add(await(blocking(() -> "blocking " + local.get())));
                    await(sleep(ofSeconds(3)));
                    assertThat(local.get()).isEqualTo("now");
                    return Coroutine.done();
                });
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "task then",
                        "soon then",
                        "later then",
                        "at then",
                        "executed then",
                        "callback then",
                        "blocking now");
    }

    @Async
    private Coroutine<Void> logs(String name) {
        log.add(name + " " + local.get());
        local.set("the task's own");
        await(sleep(ZERO));
        assertThat(local.get()).isEqualTo("the task's own");
        return Coroutine.done();
    }

    @Test
    void anInlineAwaitSharesTheValues() {
        program.run(
                () -> {
                    await(sets("by the callee"));
                    assertThat(local.get()).isEqualTo("by the callee");
                    await(Task.create(() -> sets("by a task")));
                    assertThat(local.get()).isEqualTo("by the callee");
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Void> sets(String value) {
        await(sleep(ZERO));
        local.set(value);
        return Coroutine.done();
    }

    @Test
    void callbacksAndTasksFromAnotherThreadStartWithoutValues() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    local.set("the creator's");
                    await(
                            blocking(
                                    () -> {
                                        loop.execute(() -> log.add("executed " + local.get()));
                                        loop.submit(() -> logs("submitted")).join();
                                        return 1;
                                    }));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("executed null", "submitted null");
    }

    @Test
    void aValueThatBlockingWorkSetsStaysInThatWork() {
        program.run(
                () -> {
                    local.set("the loop's");
                    await(
                            blocking(
                                    () -> {
                                        local.set("the work's");
                                        return local.get();
                                    }));
                    assertThat(local.get()).isEqualTo("the loop's");
                    return Coroutine.done();
                });
    }

    @Test
    void aLocalWithoutAnInitialValueIsNullAndNullCanBeSet() {
        int[] asked = {0};
        TaskLocal<String> initial =
                TaskLocal.withInitial(
                        () -> {
                            asked[0]++;
                            return "initial";
                        });
        program.run(
                () -> {
                    assertThat(local.get()).isNull();
                    assertThat(initial.get()).isEqualTo("initial");
                    assertThat(initial.get()).isEqualTo("initial");
                    initial.set(null);
                    assertThat(initial.get()).isNull();
                    return Coroutine.done();
                });
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void whereRestoresTheValueHoweverItsBodyEnds() {
        program.run(
                () -> {
                    local.set("outside");
                    String inside = await(local.where("inside", () -> tells()));
                    assertThat(inside).isEqualTo("inside");
                    assertThat(local.get()).isEqualTo("outside");

                    await(thrownBy(local.where("inside", () -> fails())));
                    assertThat(local.get()).isEqualTo("outside");

                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(
                                                thrownBy(
                                                        local.where(
                                                                "inside", () -> sleep(ofDays(1)))));
                                        log.add(local.get());
                                        return Coroutine.done();
                                    });
                    await(sleep(ZERO));
                    task.cancel();
                    await(task);
                    assertThat(log).containsExactly("outside");
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<String> tells() {
        await(sleep(ZERO));
        return Coroutine.of(local.get());
    }

    @Async
    private static Coroutine<Void> fails() throws IOException {
        await(sleep(ZERO));
        throw new IOException("boom");
    }

    @Test
    void aCallbackSetsOnlyItsOwnCopy() {
        program.run(
                () -> {
                    local.set("the task's");
                    Task<Void> ended = Task.create(Coroutine.done());
                    await(ended);
                    EventLoop.current().callSoon(() -> setsItsOwn("soon"));
                    ended.addDoneCallback(done -> setsItsOwn("done"));
                    await(sleep(ofSeconds(1)));
                    assertThat(local.get()).isEqualTo("the task's");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("soon of the task's", "done of the task's");
    }

    private void setsItsOwn(String value) {
        String before = local.get();
        local.set(value);
        log.add(local.get() + " of " + before);
    }

    @Test
    void theLocalsOfATaskAreIndependent() {
        TaskLocal<Integer> number = TaskLocal.create();
        TaskLocal<Integer> unset = TaskLocal.withInitial(() -> -1);
        program.run(
                () -> {
                    local.set("one");
                    number.set(1);
                    assertThat(await(local.where("two", () -> Coroutine.of(local.get()))))
                            .isEqualTo("two");
                    local.set("three");
                    assertThat(local.get()).isEqualTo("three");
                    assertThat(number.get()).isEqualTo(1);
                    assertThat(unset.get()).isEqualTo(-1);
                    return Coroutine.done();
                });
    }
}
