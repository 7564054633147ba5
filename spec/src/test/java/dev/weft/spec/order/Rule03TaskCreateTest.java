package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 3: the start of tasks. */
class Rule03TaskCreateTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void nothingOfATaskRunsBeforeItsCreatorSuspends() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    steps.expect(1);
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        steps.expect(4);
                                        await(sleep(ZERO));
                                        steps.expect(6);
                                        return Coroutine.done();
                                    });
                    steps.expect(2);
                    await(Coroutine.done());
                    await(doesNotSuspend());
                    steps.expect(3);
                    await(sleep(ZERO));
                    steps.expect(5);
                    await(task);
                    steps.expect(7);
                    return Coroutine.done();
                });
        steps.assertFinished(7);
    }

    @Test
    void theLambdaOfATaskIsCalledInItsFirstStep() {
        VirtualTime.run(
                () -> {
                    Task<String> task =
                            Task.create(
                                    () -> {
                                        trace.add("lambda in " + Task.current().name());
                                        return Coroutine.of("value");
                                    });
                    task.setName("child");
                    trace.add("created");
                    trace.add(await(task));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("created", "lambda in child", "value");
    }

    @Test
    void tasksAndCallbacksStartInTheOrderOfTheirCreation() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Task.create(traced("a"));
                    loop.callSoon(() -> trace.add("b"));
                    Task.create("c", () -> traced("c"));
                    loop.execute(() -> trace.add("d"));
                    Task.create("e", traced("e"));
                    Task.create(() -> traced("f"));
                    await(iterations(2));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void aTaskThatACallbackCreatesStartsInTheNextIteration() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(
                            () -> {
                                Task.create(traced("task"));
                                trace.add("callback");
                            });
                    loop.callSoon(() -> trace.add("after the callback"));
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("callback", "after the callback", "task");
    }

    @Async
    private Coroutine<Void> traced(String text) {
        trace.add(text);
        await(Coroutine.done());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> doesNotSuspend() {
        return Coroutine.of(await(Coroutine.of(1)) + 1);
    }

    @Test
    void tasksAreNumberedFromOneInCreationOrder() {
        VirtualTime.run(
                () -> {
                    Task<Void> second = Task.create("named", Coroutine.done());
                    Task<Void> third = Task.create(Coroutine.done());
                    assertThat(Task.current().id()).isEqualTo(1);
                    assertThat(second.id()).isEqualTo(2);
                    assertThat(third.id()).isEqualTo(3);
                    assertThat(third.name()).isEqualTo("Task-3");
                    return Coroutine.done();
                });
    }
}
