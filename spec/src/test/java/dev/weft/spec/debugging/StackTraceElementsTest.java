package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 36: the elements of a trace stay equal, and no frame is added twice. */
class StackTraceElementsTest {
    private static final String THIS_CLASS = StackTraceElementsTest.class.getName();

    @Test
    void theElementsOfAnExceptionThatCrossesAnAwaitWithoutASuspensionStayEqual() {
        Exception failure = new Exception("failure");
        StackTraceElement[][] before = new StackTraceElement[1][];
        VirtualTime.run(
                () -> {
                    await(thrownBy(Task.create(() -> outer(failure, before, false))));
                    return Coroutine.done();
                });
        assertThat(own(failure.getStackTrace())).startsWith(own(before[0]).get(0));
        assertThat(own(failure.getStackTrace())).containsAll(own(before[0]));
    }

    @Test
    void theElementsOfAnExceptionThatCrossesAnAwaitAfterASuspensionStayEqual() {
        Exception failure = new Exception("failure");
        StackTraceElement[][] before = new StackTraceElement[1][];
        VirtualTime.run(
                () -> {
                    await(thrownBy(Task.create(() -> outer(failure, before, true))));
                    return Coroutine.done();
                });
        assertThat(own(failure.getStackTrace())).startsWith(own(before[0]).get(0));
        assertThat(own(failure.getStackTrace())).containsAll(own(before[0]));
    }

    @Test
    void theElementsThatAreAddedCarryNoInternalMark() {
        Exception failure = new Exception("failure");
        StackTraceElement here = new Throwable().getStackTrace()[0];
        VirtualTime.run(
                () -> {
                    await(
                            thrownBy(
                                    Task.create(
                                            () ->
                                                    outer(
                                                            failure,
                                                            new StackTraceElement[1][],
                                                            true))));
                    return Coroutine.done();
                });
        assertThat(own(failure.getStackTrace()))
                .isNotEmpty()
                .allSatisfy(
                        element ->
                                assertThat(element.getClassLoaderName())
                                        .isIn(null, here.getClassLoaderName()));
    }

    @Async
    private static Coroutine<Void> outer(
            Exception failure, StackTraceElement[][] before, boolean suspends) throws Exception {
        await(inner(failure, before, suspends));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inner(
            Exception failure, StackTraceElement[][] before, boolean suspends) throws Exception {
        if (suspends) {
            await(sleep(ZERO));
        }
        failure.fillInStackTrace();
        before[0] = failure.getStackTrace();
        throw failure;
    }

    @Test
    void anExceptionMadeInTheAwaitingStepThatComesThroughAPromiseHasEachFrameOnce() {
        List<Throwable> thrown = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    thrown.add(await(thrownBy(Task.create(() -> failsItsOwnPromise()))));
                    return Coroutine.done();
                });
        assertThat(methods(thrown.get(0))).containsExactly("fillsAndAwaits", "failsItsOwnPromise");
    }

    @Async
    private static Coroutine<Void> failsItsOwnPromise() {
        await(fillsAndAwaits());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> fillsAndAwaits() {
        Promise<Void> promise = new Promise<>();
        Exception failure = new Exception("made here");
        EventLoop.current().callSoon(() -> promise.fail(failure));
        await(promise);
        return Coroutine.done();
    }

    @Test
    void theStackOfATaskEqualsTheElementsOfASynchronousTrace() {
        StackTraceElement here = new Throwable().getStackTrace()[0];
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(() -> sleepsInACallee());
                    await(iterations(1));
                    assertThat(task.stack())
                            .extracting(StackTraceElement::getMethodName)
                            .startsWith("sleeps", "sleepsInACallee");
                    assertThat(own(task.stack().toArray(new StackTraceElement[0])))
                            .allMatch(element -> element.getLineNumber() > 0)
                            .allMatch(e -> e.getFileName().equals(here.getFileName()));
                    return Coroutine.done();
                });
    }

    @Test
    void theStackOfATaskWithoutABodyIsEmpty() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofDays(1)));
                    await(iterations(1));
                    assertThat(task.stack()).isEmpty();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> sleepsInACallee() {
        await(sleeps());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sleeps() {
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }

    /** Returns the elements of this class, without those of lambdas. */
    private static List<StackTraceElement> own(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(element -> element.getClassName().equals(THIS_CLASS))
                .filter(element -> !element.getMethodName().startsWith("lambda$"))
                .filter(element -> !element.getMethodName().startsWith("the"))
                .filter(element -> !element.getMethodName().startsWith("an"))
                .toList();
    }

    private static List<String> methods(Throwable thrown) {
        return own(thrown.getStackTrace()).stream().map(StackTraceElement::getMethodName).toList();
    }
}
