package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.compiled.AsyncTests;
import dev.weft.junit.samples.Sample;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult.Status;

/** The extension at its edges. */
@Timeout(60)
class ExtensionTest {
    @Sample
    @WeftTest
    static class WithoutLoop {
        @Test
        void hasNone() {
            assertThatThrownBy(EventLoop::current).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("weft-blocking"));
        }
    }

    @Test
    void aTestWithoutParametersHasNoLoop() {
        SampleRun.of(WithoutLoop.class).succeeds();
    }

    @Sample
    @WeftTest
    static class ClosesTheRunner {
        @Test
        void itself(Runner runner, TestClock clock) {
            runner.run(() -> Coroutine.of(Task.create(() -> sleep(ofDays(1)))));
            runner.close();
            assertThat(clock.elapsed()).isZero();
        }
    }

    @Test
    void aTestMayCloseTheRunner() {
        SampleRun.of(ClosesTheRunner.class).succeeds();
    }

    @Sample
    @WeftTest(virtualTime = false)
    static class InRealTime {
        @Test
        void sleepsReally(Runner runner) {
            long before = System.nanoTime();
            runner.run(sleep(ofMillis(1)));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void virtualTimeCanBeTurnedOff() {
        SampleRun.of(InRealTime.class).succeeds();
    }

    @Sample
    @WeftTest
    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {
        static final CountDownLatch BOTH = new CountDownLatch(2);
        static final Set<EventLoop> LOOPS = ConcurrentHashMap.newKeySet();

        @Test
        void one(Runner runner) throws InterruptedException {
            meetsTheOther(runner);
        }

        @Test
        void other(Runner runner) throws InterruptedException {
            meetsTheOther(runner);
        }

        @Test
        @SuppressWarnings("weft:dropped-coroutine")
        void forgets(Runner runner) throws InterruptedException {
            BOTH.await();
            sleep(ofDays(1));
        }

        private static void meetsTheOther(Runner runner) throws InterruptedException {
            LOOPS.add(runner.loop());
            BOTH.countDown();
            BOTH.await();
            runner.run(sleep(ofDays(1)));
        }
    }

    @Test
    void testsRunInParallelEachWithItsLoopAndItsChecks() {
        SampleRun run =
                SampleRun.of(
                        Parallel.class,
                        "junit.jupiter.execution.parallel.enabled",
                        "true",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        "3");

        assertThat(run.with(Status.SUCCESSFUL)).containsExactly("one(Runner)", "other(Runner)");
        assertThat(run.with(Status.FAILED)).containsExactly("forgets(Runner)");
        assertThat(Parallel.LOOPS).hasSize(2);
    }

    @Sample
    @WeftTest
    static class TimedByJUnit {
        @Test
        @Timeout(value = 100, unit = MILLISECONDS)
        @Async
        Coroutine<Void> isInterrupted() {
            await(new Never());
            return Coroutine.done();
        }
    }

    /** A result of another thread that never comes. */
    private static final class Never extends java.util.concurrent.CompletableFuture<Void> {}

    @Test
    void aTimeoutOfJUnitEndsTheTest() {
        assertThat(SampleRun.of(TimedByJUnit.class).text())
                .contains("java.util.concurrent.TimeoutException: isInterrupted() timed out")
                .contains("Suppressed: dev.weft.CancelledError: shut down: interrupted");
    }

    @Sample
    @WeftTest
    static class WithFactory {
        @TestFactory
        Stream<DynamicTest> tests(Runner runner, TestClock clock) {
            return Stream.of(1, 2)
                    .map(
                            day ->
                                    DynamicTest.dynamicTest(
                                            "day " + day,
                                            () -> {
                                                clock.advance(ofDays(1));
                                                assertThat(clock.elapsed()).isEqualTo(ofDays(day));
                                            }));
        }
    }

    @Test
    void dynamicTestsShareTheLoopOfTheirFactory() {
        SampleRun.of(WithFactory.class).succeeds();
    }

    @Sample
    @WeftTest
    abstract static class Base {
        @Test
        void inherited(TestClock clock) {
            clock.advance(ofDays(1));
        }
    }

    static class Derived extends Base {}

    @Test
    void theAnnotationIsInherited() {
        SampleRun.of(Derived.class).succeeds();
    }

    @Test
    void anAsyncTestThatOtherCodeCallsSaysSo() {
        assertThatThrownBy(() -> AsyncTests.run(sleep(ofDays(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@WeftTest");
    }
}
