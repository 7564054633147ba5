package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Threads.hasParked;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 29: exceptions of callbacks and tasks, and fatal errors, which stop the loop. */
class FatalErrorTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void anExceptionInACallbackGoesToTheHandlerOnTheLoopsThreadAndTheOtherCallbacksStillRun() {
        Steps steps = new Steps();
        List<Thread> threads = new ArrayList<>();
        List<Unhandled> reports = new ArrayList<>();
        Consumer<Unhandled> handler =
                report -> {
                    steps.expect(2);
                    threads.add(Thread.currentThread());
                    reports.add(report);
                };
        VirtualTime.run(
                runner -> runner.exceptionHandler(handler),
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> steps.expect(1));
                    loop.callSoon(() -> failsWith(new IllegalStateException("callback")));
                    loop.callSoon(() -> steps.expect(3));
                    await(sleep(ofSeconds(1)));
                    steps.expect(4);
                    return Coroutine.done();
                });
        steps.assertFinished(4);
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(reports.get(0).exception()).hasMessage("callback");
        assertThat(reports.get(0).task()).isNull();
    }

    @Test
    void exceptionsInEveryKindOfCallbackGoToTheHandler() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callLater(ofSeconds(1), () -> failsWith(new AssertionError("later")));
                    loop.callAt(0, () -> failsWith(new AssertionError("at")));
                    loop.execute(() -> failsWith(new AssertionError("executed")));
                    Promise<Void> promise = new Promise<>();
                    promise.addDoneCallback(done -> failsWith(new AssertionError("done")));
                    promise.addDoneCallback(done -> log.add("the next one"));
                    promise.complete(null);
                    loop.callSoon(() -> failsWith(new CancelledError("cancelled")));
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages())
                .containsExactly("executed", "done", "cancelled", "at", "later");
        assertThat(log).containsExactly("the next one");
    }

    @Test
    void aHandlerThatThrowsDoesNotEndTheLoop() {
        Consumer<Unhandled> handler =
                report -> {
                    log.add(report.exception().getMessage());
                    throw new IllegalStateException("the handler itself");
                };
        VirtualTime.run(
                runner -> runner.exceptionHandler(handler),
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> failsWith(new IllegalStateException("one")));
                    loop.callSoon(() -> failsWith(new IllegalStateException("two")));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("one", "two");
    }

    @Test
    void theHandlerCanBeChangedDuringARunAndNullRestoresTheDefault() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.exceptionHandler(report -> log.add(report.exception().getMessage()));
                    loop.callSoon(() -> failsWith(new IllegalStateException("one")));
                    await(sleep(ZERO));
                    loop.exceptionHandler(null);
                    loop.callSoon(() -> failsWith(new IllegalStateException("logged")));
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("one");
        assertThat(program.reports()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void anyOtherThrowableIsAnOrdinaryFailureOfItsTask(Throwable ordinary) {
        program.run(
                () -> {
                    Task<Void> task = Task.create(() -> throwing(ordinary));
                    assertThat(await(thrownBy(task))).isSameAs(ordinary);
                    return Coroutine.done();
                });
    }

    static List<Throwable> anyOtherThrowableIsAnOrdinaryFailureOfItsTask() {
        return List.of(
                new AssertionError("assertion"),
                new StackOverflowError(),
                new LinkageError(),
                new Error("any error"),
                new IOException("checked"),
                new Throwable("bare"),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void aFatalErrorInATaskStopsTheLoopAtOnceAndIsThrownByRun(Error fatal) {
        Throwable thrown =
                program.failureOf(
                        () -> {
                            Task.create(() -> logsItsEnd("older"));
                            Task.create(() -> throwing(fatal));
                            Task.create(() -> logsItsBegin("in the same iteration"));
                            await(logsItsEnd("main"));
                            return Coroutine.done();
                        });

        assertThat(thrown).isSameAs(fatal);
        assertThat(log).containsExactly("main", "older");
        assertThat(program.reports()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void aFatalErrorInACallbackStopsTheLoopAtOnceAndIsThrownByRun(Error fatal) {
        Throwable thrown =
                program.failureOf(
                        () -> {
                            EventLoop.current().callSoon(() -> failsWith(fatal));
                            await(logsItsEnd("main"));
                            return Coroutine.done();
                        });

        assertThat(thrown).isSameAs(fatal);
        assertThat(log).containsExactly("main");
        assertThat(program.reports()).isEmpty();
    }

    @SuppressWarnings({"removal", "deprecation"})
    static List<Error> fatal() {
        return List.of(new OutOfMemoryError("test"), new InternalError("test"), new ThreadDeath());
    }

    @Test
    void aFatalErrorInMainIsThrownByRun() {
        OutOfMemoryError fatal = new OutOfMemoryError("test");
        assertThat(program.failureOf(() -> throwing(fatal))).isSameAs(fatal);
        assertThat(program.reports()).isEmpty();
    }

    @Test
    @Timeout(30)
    void aFatalErrorInBlockingWorkIsThrownByRunAlsoIfItsAwaiterHadSuspended() {
        OutOfMemoryError fatal = new OutOfMemoryError("test");
        Throwable thrown =
                program.failureOf(
                        () -> {
                            Thread loop = Thread.currentThread();
                            Task.create(() -> awaits(blocking(() -> failing(loop, fatal))));
                            await(logsItsEnd("main"));
                            return Coroutine.done();
                        });

        assertThat(thrown).isSameAs(fatal);
        assertThat(log).containsExactly("main");
    }

    /** Throws when the loop has parked, and so the awaiter has suspended. */
    private static Void failing(Thread loop, Error error) {
        hasParked(loop);
        throw error;
    }

    @Async
    private static Coroutine<Void> awaits(Deferred<Void> deferred) {
        await(deferred);
        return Coroutine.done();
    }

    @Test
    void aFatalErrorDuringTheShutDownIsThrownWhenAllTasksHaveEnded() {
        OutOfMemoryError fatal = new OutOfMemoryError("test");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            Task.create(() -> throwsWhenCancelled(fatal));
                                            Task.create(() -> logsItsEnd("younger"));
                                            await(sleep(ZERO));
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isSameAs(fatal);
        assertThat(log).containsExactly("younger");
        assertThat(Weft.run(() -> Coroutine.of("next run"))).isEqualTo("next run");
    }

    @Test
    void ofSeveralFatalErrorsTheFirstIsThrownAndTheLoopEnds() {
        OutOfMemoryError first = new OutOfMemoryError("first");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            for (int i = 0; i < 5; i++) {
                                                Task.create(
                                                        () ->
                                                                throwsWhenCancelled(
                                                                        new OutOfMemoryError("x")));
                                            }
                                            Task.create(() -> logsItsEnd("youngest"));
                                            await(sleep(ZERO));
                                            return throwing(first);
                                        }));

        assertThat(thrown).isSameAs(first);
        assertThat(log).containsExactly("youngest");
    }

    @Test
    void afterAFatalErrorTheRunnerIsClosed() {
        List<Unhandled> reports = new ArrayList<>();
        Runner runner = Weft.runner().virtualTime().exceptionHandler(reports::add);
        assertThat(catchThrowable(() -> runner.run(() -> throwing(new InternalError("test")))))
                .isInstanceOf(InternalError.class);
        assertThat(catchThrowable(() -> runner.run(sleep(ZERO))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        runner.close();
        assertThat(reports).isEmpty();
    }

    private static void failsWith(Error error) {
        throw error;
    }

    private static void failsWith(RuntimeException exception) {
        throw exception;
    }

    private static Coroutine<Void> throwing(Throwable throwable) {
        return Coroutine.failed(throwable);
    }

    @Async
    private Coroutine<Void> logsItsBegin(String name) {
        log.add(name);
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add(name);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> throwsWhenCancelled(Error error) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            throw error;
        }
        return Coroutine.done();
    }

    @Test
    @Timeout(30)
    void aFatalErrorInBlockingWorkThatNobodyAwaitsIsReportedOnce() {
        OutOfMemoryError fatal = new OutOfMemoryError("test");
        program.run(
                () -> {
                    Deferred<Void> work = blocking(() -> failing(fatal));
                    await(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(work)));
                    return Coroutine.done();
                });
        assertThat(program.reports()).extracting(Unhandled::exception).containsExactly(fatal);
    }

    @Test
    @Timeout(30)
    void aFatalErrorInBlockingWorkOfAGatherOrShieldThatNobodyAwaitsIsReportedOnce() {
        OutOfMemoryError gathered = new OutOfMemoryError("gathered");
        OutOfMemoryError shielded = new OutOfMemoryError("shielded");
        program.run(
                () -> {
                    Deferred<?> gather = gather(blocking(() -> failing(gathered)));
                    Deferred<?> shield = shield(blocking(() -> failing(shielded)));
                    await(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(gather)));
                    await(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(shield)));
                    return Coroutine.done();
                });
        assertThat(program.reports())
                .extracting(Unhandled::exception)
                .containsExactlyInAnyOrder(gathered, shielded);
    }

    private static Void failing(Error error) {
        throw error;
    }

    @Test
    void aFatalErrorInACleanUpDoesNotCutOffTheOtherCleanUps() {
        OutOfMemoryError fatal = new OutOfMemoryError("test");
        Throwable thrown =
                program.failureOf(
                        () -> {
                            Task.create(() -> cleansUpSlowly("older"));
                            Task.create(() -> throwsWhenCancelled(fatal));
                            Task.create(() -> cleansUpSlowly("younger"));
                            await(sleep(ZERO));
                            return Coroutine.done();
                        });

        assertThat(thrown).isSameAs(fatal);
        assertThat(log).containsExactly("older", "younger");
    }

    @Async
    private Coroutine<Void> cleansUpSlowly(String name) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            await(sleep(ofSeconds(1)));
            log.add(name);
        }
        return Coroutine.done();
    }

    @Test
    void callbacksBehindManyFatalOnesStillRun() {
        Throwable thrown =
                program.failureOf(
                        () -> {
                            EventLoop loop = EventLoop.current();
                            for (int i = 0; i < 50; i++) {
                                loop.callSoon(() -> failsWith(new OutOfMemoryError("test")));
                            }
                            loop.callSoon(() -> log.add("last"));
                            return Coroutine.done();
                        });

        assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
        assertThat(log).containsExactly("last");
    }
}
