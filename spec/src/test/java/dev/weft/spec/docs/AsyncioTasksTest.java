package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rows of docs/from-asyncio.md about coroutines, tasks and cancelling. */
class AsyncioTasksTest {
    private final List<String> log = new ArrayList<>();

    @Async
    static Coroutine<Integer> f() {
        await(sleep(ofSeconds(1)));
        return Coroutine.of(1);
    }

    @Async
    static Coroutine<Integer> g() {
        await(sleep(ofSeconds(2)));
        return Coroutine.of(2);
    }

    @Test
    void awaitingACoroutineRunsItInTheCurrentTask() {
        Program.run(
                () -> {
                    int one = await(f());
                    assertThat(one).isEqualTo(1);
                    await(sleep(ofSeconds(1)));
                    await(sleep(Duration.ZERO));
                    assertThat(EventLoop.current().time()).isEqualTo(ofSeconds(2).toNanos());
                    return Coroutine.done();
                });
    }

    @Test
    void tasksHaveNames() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    Task<Integer> named = Task.create("x", f());
                    assertThat(task.name()).startsWith("Task-");
                    assertThat(named.name()).isEqualTo("x");
                    named.setName("y");
                    assertThat(named.name()).isEqualTo("y");

                    Task<?> current = Task.current();
                    List<Task<?>> all = Task.all();
                    assertThat(all).containsExactly(current, task, named);
                    return Coroutine.done();
                });
        assertThat(Task.current()).isNull();
    }

    @Test
    void aTaskIsDoneWhenItsCoroutineHasEnded() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    Consumer<Deferred<Integer>> callback = done -> log.add("removed");
                    task.addDoneCallback(callback);
                    task.addDoneCallback(done -> log.add("done"));
                    int removed = task.removeDoneCallback(callback);
                    assertThat(removed).isEqualTo(1);
                    assertThatThrownBy(task::result).isInstanceOf(IllegalStateException.class);

                    await(sleep(Duration.ZERO));
                    List<StackTraceElement> stack = task.stack();
                    assertThat(stack)
                            .extracting(StackTraceElement::getMethodName)
                            .containsExactly("f");

                    await(task);
                    assertThat(task.done()).isTrue();
                    assertThat(task.result()).isEqualTo(1);
                    assertThat(task.exception()).isNull();
                    return sleep(Duration.ZERO);
                });
        assertThat(log).containsExactly("done");
    }

    @Test
    void aCoroutineIsClosedInsteadOfAwaited() {
        Coroutine<Integer> coroutine = f();
        coroutine.close();
        assertThatThrownBy(() -> Program.run(() -> coroutine))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCoroutineIsKnownByItsType() {
        Object x = f();
        assertThat(x instanceof Coroutine).isTrue();
    }

    @Test
    void cancellingIsARequestWithAMessage() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    await(sleep(Duration.ZERO));
                    assertThat(task.cancel("why")).isTrue();
                    assertThat(task.cancel()).isTrue();
                    assertThat(task.cancelling()).isEqualTo(2);
                    assertThat(task.uncancel()).isEqualTo(1);
                    try {
                        await(task);
                    } catch (CancelledError e) {
                        log.add(e.getMessage());
                    }
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("why");
    }

    @Test
    void uncancelDropsARequestThatHasNotBeenDelivered() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    task.cancel();
                    task.uncancel();
                    assertThat(await(task)).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskNeverRunsBeforeItsCreatorSuspends() {
        Program.run(
                () -> {
                    Task<Boolean> task = Task.create(() -> Coroutine.of(log.add("task")));
                    log.add("creator");
                    await(task);
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("creator", "task");
    }
}
