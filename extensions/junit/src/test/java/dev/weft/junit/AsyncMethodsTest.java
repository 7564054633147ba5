package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods of a test that await. */
@WeftTest
class AsyncMethodsTest {
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    @Async
    Coroutine<Void> setUp() {
        await(sleep(ofSeconds(1)));
        log.add("set up");
        return Coroutine.done();
    }

    @AfterEach
    @Async
    Coroutine<Void> tearDown(TestClock clock) {
        await(sleep(ofSeconds(1)));
        assertThat(log).startsWith("set up");
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(4));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAsyncMethodRunsAsTheMainTask() {
        assertThat(Task.current()).isNotNull();
        await(sleep(ofSeconds(2)));
        assertThat(log).containsExactly("set up");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<String> theResultIsNotUsed(EventLoop loop) {
        assertThat(EventLoop.current()).isSameAs(loop);
        return sleep(ofSeconds(2), "result");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0, 2"})
    @Async
    Coroutine<Void> argumentsAreKeptAcrossAwaits(int first, long second) {
        await(sleep(ofSeconds(first)));
        await(sleep(ofSeconds(second)));
        return Coroutine.done();
    }

    @RepeatedTest(2)
    @Async
    Coroutine<Void> mayBeRepeated() {
        await(sleep(ofSeconds(2)));
        return Coroutine.done();
    }

    @Shuffled(3)
    @Async
    Coroutine<Void> mayBeShuffled() {
        await(sleep(ofSeconds(2)));
        return Coroutine.done();
    }

    @Test
    void aMethodWithAndOneWithoutAwaitsShareTheLoop(Runner runner) {
        runner.run(sleep(ofSeconds(2)));
    }

    @Test
    @Async
    Coroutine<Void> theCompiledMethodReturnsNothingAndKeepsItsDeclaration() {
        await(sleep(ofSeconds(2)));
        List<Method> methods =
                Arrays.stream(AsyncMethodsTest.class.getDeclaredMethods())
                        .filter(method -> method.getName().equals("argumentsAreKeptAcrossAwaits"))
                        .filter(method -> !method.isSynthetic())
                        .toList();
        assertThat(methods)
                .singleElement()
                .satisfies(
                        method ->
                                assertThat(method.toGenericString())
                                        .startsWith("void ")
                                        .endsWith("argumentsAreKeptAcrossAwaits(int,long)"));
        return Coroutine.done();
    }
}
