package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All methods of one test get the same loop, and each test gets its own. */
@WeftTest
class ParametersTest {
    private Task<String> begunBefore;
    private EventLoop loopBefore;

    @BeforeEach
    void begin(Runner runner, EventLoop loop) {
        loopBefore = loop;
        runner.run(
                () -> {
                    begunBefore = Task.create(() -> sleep(ofDays(1), "begun before"));
                    return Coroutine.done();
                });
    }

    @AfterEach
    void end(Runner runner) {
        String result = runner.run(() -> Coroutine.of(await(begunBefore)));
        assertThat(result).isEqualTo("begun before");
    }

    @Test
    void theRunnerIsThatOfBeforeEach(Runner runner, EventLoop loop, TestClock clock) {
        assertThat(runner.loop()).isSameAs(loop).isSameAs(loopBefore);
        assertThat(runner.<String>run(() -> sleep(ofSeconds(2), "a"))).isEqualTo("a");
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(2));
        assertThat(begunBefore.done()).isFalse();
    }

    @Test
    void aTestWithoutParametersStillHasTheLoopOfBeforeEach() {
        assertThat(begunBefore.loop()).isSameAs(loopBefore);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void argumentsComeFirst(int seconds, Runner runner, TestInfo info, TestClock clock) {
        runner.run(sleep(ofSeconds(seconds)));
        assertThat(clock.elapsed()).as(info.getDisplayName()).isEqualTo(ofSeconds(seconds));
    }

    @RepeatedTest(2)
    void eachRepetitionBeginsAtZero(TestClock clock) {
        assertThat(clock.elapsed()).isZero();
        clock.advance(ofSeconds(1));
    }

    @Nested
    class NestedClasses {
        @Test
        void useTheExtensionOfTheOuterClass(EventLoop loop) {
            assertThat(loop).isSameAs(loopBefore);
        }

        @Test
        @WeftTest
        @Async
        Coroutine<Void> mayHaveAsyncTests() {
            assertThat(EventLoop.current()).isSameAs(loopBefore);
            await(sleep(ofSeconds(1)));
            return Coroutine.done();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OneInstanceForAllTests {
        private EventLoop previous;

        @RepeatedTest(2)
        void hasALoopForEachTest(EventLoop loop) {
            assertThat(loop).isNotSameAs(previous);
            previous = loop;
        }
    }
}
