package dev.weft.spec.misuse;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lambda is called in the first step of its task, and an exception of the call is a failure. */
class LambdaBodiesTest {
    private final List<String> log = new ArrayList<>();

    private interface Use {
        Awaitable<String> of(AsyncCallable<String> body);
    }

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum Taker {
        CREATE(body -> Task.create(body)),
        CREATE_NAMED(body -> Task.create("name", body)),
        FROM(body -> Coroutine.from(body)),
        SCOPE(body -> TaskGroup.scope(group -> body.call())),
        WHERE(body -> TaskLocal.<String>create().where("value", body)),
        WITH(body -> new AsyncLock().with(body)),
        SUBMIT(body -> Deferred.from(EventLoop.current().submit(body)));

        private final Use use;

        Taker(Use use) {
            this.use = use;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLambdaIsNotCalledAtTheCallOfTheMethod(Taker taker) {
        VirtualTime.run(
                () -> {
                    Awaitable<String> awaitable =
                            taker.use.of(
                                    () -> {
                                        log.add("called");
                                        return Coroutine.of("value");
                                    });
                    assertThat(log).isEmpty();
                    assertThat(await(awaitable)).isEqualTo("value");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("called");
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionOfTheLambdaItselfIsTheFailureOfTheTask(Taker taker) {
        IOException failure = new IOException("in the call");
        VirtualTime.run(
                () -> {
                    Awaitable<String> awaitable =
                            taker.use.of(
                                    () -> {
                                        throw failure;
                                    });
                    assertThat(await(thrownBy(awaitable))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @ParameterizedTest
    @EnumSource
    void aLambdaThatAwaitsFailsWithTheExceptionThatItThrowsAfterTheAwait(Taker taker) {
        IOException failure = new IOException("after the await");
        VirtualTime.run(
                () -> {
                    Awaitable<String> awaitable =
                            taker.use.of(
                                    () -> {
                                        await(iterations(1));
                                        throw failure;
                                    });
                    assertThat(await(thrownBy(awaitable))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void awaitWithAnExceptionTypeThrowsTheCheckedExceptionOfATaskUnwrapped() {
        IOException failure = new IOException("checked");
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(() -> Coroutine.failed(failure));
                    try {
                        log.add(await(task, IOException.class));
                    } catch (IOException caught) {
                        assertThat(caught).isSameAs(failure);
                        log.add("caught");
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("caught");
    }

    @Test
    void awaitWithAnExceptionTypeThrowsOtherExceptionsUnchanged() {
        IllegalStateException failure = new IllegalStateException("unchecked");
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(() -> Coroutine.failed(failure));
                    Task<String> awaiter =
                            Task.create(() -> Coroutine.of(await(task, IOException.class)));
                    assertThat(await(thrownBy(awaiter))).isSameAs(failure);
                    return Coroutine.done();
                });
    }
}
