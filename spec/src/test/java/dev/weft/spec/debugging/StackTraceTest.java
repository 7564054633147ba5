package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Source;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 36: stack traces show awaits like calls. */
class StackTraceTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** Awaits itself in turn at three places. The levels above {@code suspending} are resumed. */
    @Async
    @SuppressWarnings("DuplicateBranches") // each await must have a line of its own
    private static Coroutine<Void> deep(int depth, int suspending) throws Exception {
        if (depth == suspending) {
            await(sleep(ZERO));
        }
        if (depth == 1) {
            throw new Exception("deep"); // thrown here
        } else if (depth % 3 == 0) {
            await(deep(depth - 1, suspending)); // place 0
        } else if (depth % 3 == 1) {
            await(deep(depth - 1, suspending)); // place 1
        } else {
            await(deep(depth - 1, suspending)); // place 2
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 11})
    void aTraceAcrossTenAwaitsReadsLikeThatOfSynchronousCalls(int suspending) {
        List<String> trace =
                program.run(
                        () -> {
                            Task<Void> task = Task.create(() -> deep(11, suspending));
                            return Coroutine.of(own(await(thrownBy(task))));
                        });

        assertThat(trace)
                .startsWith(
                        "deep:thrown here",
                        "deep:place 2",
                        "deep:place 0",
                        "deep:place 1",
                        "deep:place 2",
                        "deep:place 0",
                        "deep:place 1",
                        "deep:place 2",
                        "deep:place 0",
                        "deep:place 1",
                        "deep:place 2");
        assertThat(trace.stream().filter(line -> line.startsWith("deep:"))).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 11})
    void aTraceContainsNoFramesOfTheRuntime(int suspending) {
        Throwable thrown = program.failureOf(() -> deep(11, suspending));

        assertThat(thrown.getStackTrace()).noneMatch(StackTraceTest::isMachinery);
        assertThat(thrown.getStackTrace())
                .anyMatch(element -> element.getClassName().startsWith("org.junit"));
    }

    private static boolean isMachinery(StackTraceElement element) {
        String name = element.getClassName();
        return name.endsWith("$Coroutine")
                || (name.startsWith("dev.weft.")
                        && !name.startsWith("dev.weft.spec.")
                        && !name.startsWith("dev.weft.junit."));
    }

    @Test
    void theTraceOfMainContinuesWithTheCallerOfRun() {
        Throwable thrown = program.failureOf(() -> deep(2, 2));

        assertThat(Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getMethodName))
                .startsWith("deep", "deep")
                .containsSubsequence("deep", "run", "theTraceOfMainContinuesWithTheCallerOfRun");
    }

    @Test
    void theExceptionKeepsItsIdentityAndOnlyTheFirstChainIsAdded() {
        Exception made = new Exception("made before");
        program.run(
                () -> {
                    Task<Void> first = Task.create(() -> throwing(made));
                    Task<Void> second = Task.create(() -> waitsFor(first));
                    Task<Void> third = Task.create(() -> waitsFor(second));
                    Throwable thrown = await(thrownBy(third));
                    assertThat(thrown).isSameAs(made);
                    assertThat(methods(thrown)).contains("throwing").doesNotContain("waitsFor");
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> throwing(Exception exception) throws Exception {
        await(sleep(ZERO));
        exception.fillInStackTrace();
        throw exception;
    }

    @Async
    private static Coroutine<Void> waitsFor(Deferred<Void> deferred) {
        await(deferred);
        return Coroutine.done();
    }

    @Test
    void aPromiseOrAFutureAddsNoSecondChain() {
        program.run(
                () -> {
                    Task<Void> first = Task.create(() -> deep(3, 2));
                    Promise<Void> promise = new Promise<>();
                    Task<Void> second = Task.create(() -> waitsFor(promise));
                    await(sleep(ofSeconds(1)));
                    promise.fail(first.exception());
                    await(thrownBy(second));
                    CompletableFuture<Void> future = first.toCompletableFuture();
                    await(thrownBy(Task.create(() -> waitsFor(Deferred.from(future)))));

                    assertThat(methods(first.exception()))
                            .startsWith("deep", "deep", "deep")
                            .doesNotContain("waitsFor");
                    return Coroutine.done();
                });
    }

    @Test
    void anExceptionFromAnotherThreadGetsTheChainOfItsFirstAwaiter() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(thrownBy(Task.create(() -> waitsFor(blocking(() -> work())))));
                    assertThat(methods(thrown)).startsWith("work").contains("waitsFor");
                    assertThat(thrown.getStackTrace()).noneMatch(StackTraceTest::isMachinery);
                    return Coroutine.done();
                });
    }

    private static Void work() throws Exception {
        throw new Exception("on another thread");
    }

    @Test
    void aCancellationShowsWhereTheTaskWasSuspendedAndTheCallerOfRun() {
        program.run(
                () -> {
                    Task<Void> sleeper = Task.create(() -> outer());
                    await(sleep(ZERO));
                    sleeper.cancel();
                    Throwable thrown = await(thrownBy(sleeper));
                    assertThat(thrown).isInstanceOf(CancelledError.class);
                    assertThat(methods(thrown))
                            .startsWith("inner", "outer")
                            .containsSubsequence("outer", "run");
                    assertThat(thrown.getStackTrace()).noneMatch(StackTraceTest::isMachinery);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> outer() {
        await(inner(ofDays(1))); // where outer awaits
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inner(Duration delay) {
        await(sleep(delay)); // where inner awaits
        return Coroutine.done();
    }

    @Test
    void aFailureCreatedInACallbackShowsTheCallbackAndThenTheAwaiters() {
        program.run(
                () -> {
                    Promise<Void> promise = new Promise<>();
                    Task<Void> awaiter = Task.create(() -> waitsFor(promise));
                    EventLoop.current().callLater(ofSeconds(1), () -> fails(promise));
                    Throwable thrown = await(thrownBy(awaiter));
                    assertThat(methods(thrown)).startsWith("fails");
                    assertThat(methods(thrown)).containsSubsequence("fails", "waitsFor", "run");
                    return Coroutine.done();
                });
    }

    private static void fails(Promise<Void> promise) {
        promise.fail(new Exception("by a callback"));
    }

    @Test
    void anExceptionThatCrossesNoAwaitKeepsItsTrace() {
        program.run(
                () -> {
                    Exception caught = new Exception("caught");
                    StackTraceElement[] before = caught.getStackTrace();
                    try {
                        await(sleep(ZERO));
                        throw caught;
                    } catch (Exception e) {
                        assertThat(e.getStackTrace()).isEqualTo(before);
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void taskStackShowsTheSuspendedAwaitsAndIsEmptyAtTheEnd() {
        program.run(
                () -> {
                    Task<Void> task = Task.create(() -> outer());
                    await(sleep(ZERO));
                    List<StackTraceElement> stack = task.stack();
                    assertThat(stack.stream().map(StackTraceTest::place))
                            .startsWith("inner:where inner awaits", "outer:where outer awaits");
                    assertThat(stack).noneMatch(StackTraceTest::isMachinery);
                    task.cancel();
                    await(thrownBy(task));
                    assertThat(task.stack()).isEmpty();
                    return Coroutine.done();
                });
    }

    private static List<String> methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    }

    /** Returns the methods of this class in the trace, each with the comment on its line. */
    private static List<String> own(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(e -> e.getClassName().equals(StackTraceTest.class.getName()))
                .map(StackTraceTest::place)
                .toList();
    }

    private static String place(StackTraceElement element) {
        return element.getMethodName() + ":" + Source.commentAt(element);
    }
}
