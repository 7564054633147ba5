package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.Check;
import dev.weft.junit.Reports;
import dev.weft.junit.Shuffled;
import dev.weft.junit.TestClock;
import dev.weft.junit.VirtualTime;
import dev.weft.junit.WeftTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/testing.md, on the JUnit of the other modules. */
@WeftTest
class TestingPageTest {
    private static final Page PAGE = Page.of("docs/testing.md");
    private static final Path SAMPLES =
            Page.ROOT.resolve("extensions/junit/src/test/resources/samples");

    private final List<String> log = new ArrayList<>();

    @Async
    private static Coroutine<String> reply() {
        await(sleep(ofSeconds(2)));
        return Coroutine.of("reply");
    }

    @Nested
    @WeftTest
    class StockTest {
        @Test
        void aReplyTakesTwoSeconds(Runner runner, TestClock clock) {
            assertThat(runner.run(reply())).isEqualTo("reply");
            assertThat(clock.elapsed()).isEqualTo(ofSeconds(2));
        }

        @Test
        @Async
        Coroutine<Void> anAsyncTestAwaits() {
            assertThat(await(reply())).isEqualTo("reply");
            return Coroutine.done();
        }
    }

    @Test
    void aReminderComesAfterAnHour(EventLoop loop, TestClock clock) {
        loop.callLater(ofHours(1), () -> log.add("reminder"));
        clock.advance(ofMinutes(59));
        assertThat(log).isEmpty();
        clock.advance(ofMinutes(1));
        assertThat(log).containsExactly("reminder");
    }

    private static Coroutine<Void> startsTwo(List<String> order) {
        Task.create(() -> adds("one", order));
        Task.create(() -> adds("two", order));
        return sleep(ofSeconds(1));
    }

    private static Coroutine<Void> adds(String name, List<String> order) {
        order.add(name);
        return Coroutine.done();
    }

    @Shuffled(100)
    void bothEnd(Runner runner) {
        List<String> order = new ArrayList<>();
        runner.run(() -> startsTwo(order));
        assertThat(order).containsExactlyInAnyOrder("one", "two");
    }

    @Async
    private static Coroutine<Void> fails() {
        throw new IllegalStateException("boom");
    }

    @Test
    void theFailureIsReported(Runner runner, Reports reports) {
        runner.run(() -> Coroutine.of(Task.create(() -> fails())));
        runner.runUntilIdle(); // until the task has failed
        runner.close(); // reports the failures that nobody has looked at
        assertThat(reports.messages()).containsExactly("boom");
    }

    @Test
    void aProgramWithoutTheExtension() {
        VirtualTime.run(
                () -> {
                    await(sleep(ofSeconds(1)));
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });
    }

    @Test
    void theMessagesAreThoseThatTheTestsOfTheModuleCompare() {
        String texts =
                Stream.of("DependsOnTheOrder.txt", "EndsUntidily.txt", "Hangs.txt")
                        .map(file -> Page.textOf(SAMPLES.resolve(file)))
                        .collect(Collectors.joining());
        assertThat(PAGE.blocks("text"))
                .hasSize(3)
                .allSatisfy(block -> assertThat(texts).contains(block));
    }

    @Test
    void eachCheckIsListed() {
        assertThat(Arrays.stream(Check.values()).map(check -> "| `" + check + "` |"))
                .allSatisfy(row -> assertThat(PAGE.text()).contains(row));
    }
}
