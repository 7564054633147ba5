package dev.weft.spec.leaks;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Collected.assertCollected;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of a user's program that nothing of the runtime refers to after a run. */
@Timeout(60)
class AfterARunTest {
    private final List<Object> kept = new ArrayList<>();

    private static <T> WeakReference<T> weak(T referent) {
        return new WeakReference<>(referent);
    }

    @Test
    void theResultOfRunIsCollected() {
        WeakReference<Object> result = weak(Weft.run(() -> Coroutine.of(new Object())));
        assertCollected("the result", result);
    }

    @Test
    void theResultOfTheLastRunOfAClosedRunnerIsCollected() {
        WeakReference<Object> result = resultOfAClosedRunner();
        assertCollected("the result", result);
    }

    /** A method of its own, because a variable of an interpreted method stays reachable. */
    private static WeakReference<Object> resultOfAClosedRunner() {
        try (Runner runner = Weft.runner()) {
            return weak(runner.run(() -> Coroutine.of(new Object())));
        }
    }

    @Test
    void whatAPendingTimerRefersToIsCollectedAfterTheRun() {
        List<WeakReference<Object>> captured = new ArrayList<>();
        Weft.run(
                () -> {
                    Object object = new Object();
                    captured.add(weak(object));
                    EventLoop.current().callLater(ofDays(1), () -> kept.add(object));
                    return Coroutine.done();
                });
        assertCollected("what the timer refers to", captured.get(0));
    }

    @Test
    void whatTheExceptionHandlerRefersToIsCollectedAfterTheEndOfTheRunner() {
        Object object = new Object();
        WeakReference<Object> captured = weak(object);
        runWithHandlerThatRefersTo(object);
        object = null;
        assertCollected("what the handler refers to", captured);
    }

    private void runWithHandlerThatRefersTo(Object object) {
        try (Runner runner = Weft.runner().exceptionHandler(report -> kept.add(object))) {
            runner.run(Coroutine.done());
        }
    }

    @Test
    void theValueOfATaskLocalIsCollectedAfterTheRun() {
        TaskLocal<Object> local = TaskLocal.create();
        List<WeakReference<Object>> values = new ArrayList<>();
        Weft.run(
                () -> {
                    Object value = new Object();
                    values.add(weak(value));
                    local.set(value);
                    return Coroutine.done();
                });
        assertCollected("the value of the task-local", values.get(0));
    }

    @Test
    void aDeferredThatIsKeptDoesNotKeepTheOtherObjectsOfItsLoop() {
        WeakReference<Object> result =
                weak(
                        Weft.run(
                                () -> {
                                    kept.add(new Promise<Void>());
                                    return Coroutine.of(new Object());
                                }));
        assertThat(kept).hasSize(1);
        assertCollected("the result of main", result);
    }

    @Test
    void aHandleThatIsKeptDoesNotKeepItsCallbackAfterTheCall() {
        VirtualTime.run(
                () -> {
                    WeakReference<Object> captured = weak(new Object());
                    Handle handle = schedule(captured);
                    await(iterations(2));
                    assertCollected("what the callback refers to", captured);
                    assertThat(handle.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }

    private Handle schedule(WeakReference<Object> captured) {
        Object object = captured.get();
        return EventLoop.current().callSoon(() -> assertThat(object).isNotNull());
    }

    @Test
    void blockingWorkThatIsKeptDoesNotKeepItsCallableAfterTheEnd() {
        Weft.run(
                () -> {
                    WeakReference<Object> captured = weak(new Object());
                    Deferred<Integer> work = blockingOn(captured);
                    kept.add(work);
                    await(work);
                    await(iterations(2));
                    assertCollected("what the callable refers to", captured);
                    return Coroutine.done();
                });
        assertThat(kept).hasSize(1);
    }

    private static Deferred<Integer> blockingOn(WeakReference<Object> captured) {
        Object object = captured.get();
        return blocking(() -> System.identityHashCode(object));
    }

    @Test
    void aTaskThatIsKeptDoesNotKeepItsLocalsAfterTheEnd() {
        TaskLocal<Object> local = TaskLocal.create();
        VirtualTime.run(
                () -> {
                    List<WeakReference<Object>> values = new ArrayList<>();
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        Object value = new Object();
                                        values.add(weak(value));
                                        local.set(value);
                                        return iterations(1);
                                    });
                    await(task);
                    await(iterations(1));
                    assertCollected("the value of the task-local", values.get(0));
                    assertThat(task.done()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatHasEndedAndIsNotKeptIsCollected() {
        VirtualTime.run(
                () -> {
                    WeakReference<Task<Void>> task = weak(Task.create(Coroutine.done()));
                    await(iterations(3));
                    assertCollected("the task", task);
                    return Coroutine.done();
                });
    }

    @Test
    void theCallbackOfACancelledTimerIsCollected() {
        VirtualTime.run(
                () -> {
                    WeakReference<Object> captured = weak(new Object());
                    cancelATimer(captured);
                    await(sleep(ofDays(1)));
                    assertCollected("what the callback refers to", captured);
                    return Coroutine.done();
                });
    }

    private void cancelATimer(WeakReference<Object> captured) {
        Object object = captured.get();
        EventLoop.current().callLater(ofDays(2), () -> kept.add(object)).cancel();
    }
}
