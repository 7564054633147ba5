package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions that run for several elements at once: places, order and failures. */
class MapConcurrentTest {
    private final Timeline log = new Timeline();

    @Test
    void anElementTakesAPlaceUntilItsResultIsFound() {
        NothingLeft.run(
                () -> log.read(log.asked(3).mapConcurrent(2, x -> sleep(ofSeconds(1), x)), 5));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "read 1 at 1",
                        "asked 3 at 1",
                        "read 2 at 6",
                        "source left at 6",
                        "read 3 at 11",
                        "end at 16");
    }

    @Test
    void aPlaceOfMapUnorderedIsFreeWhenAnyResultIsFound() {
        NothingLeft.run(
                () ->
                        log.read(
                                log.asked(3)
                                        .mapUnordered(2, x -> sleep(ofSeconds(x == 1 ? 9 : 1), x)),
                                3));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "read 2 at 1",
                        "asked 3 at 1",
                        "read 3 at 4",
                        "source left at 4",
                        "read 1 at 9",
                        "end at 12");
    }

    @Test
    void nothingRunsBeforeTheFirstAsk() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = log.asked(3).mapConcurrent(2, Coroutine::of);
                    await(sleep(ofSeconds(1)));
                    assertThat(Task.all()).hasSize(1);
                    return stream.closeAsync();
                });

        assertThat(log.entries()).isEmpty();
    }

    @Test
    void resultsOfOneInstantComeInTheOrderInWhichTheirTasksEnd() {
        NothingLeft.run(
                () -> log.read(log.asked(3).mapUnordered(3, x -> sleep(ofSeconds(1), x)), 0));

        assertThat(log.entries())
                .filteredOn(entry -> entry.startsWith("read"))
                .containsExactly("read 1 at 1", "read 2 at 1", "read 3 at 1");
    }

    // ---- failures

    @Test
    void aFailureOfMapConcurrentKeepsTheOrder() {
        IOException failure = new IOException("of 2");
        NothingLeft.run(
                () ->
                        log.read(
                                log.asked(4).mapConcurrent(3, x -> workOrFail(4, x, 2, failure)),
                                0));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "asked 3 at 0",
                        "start 1 at 0",
                        "start 3 at 0",
                        "end 1 at 4",
                        "end 3 at 4",
                        "read 1 at 4",
                        "source left at 4",
                        "failed: of 2 at 4");
    }

    @Test
    void aFailureOfMapUnorderedOvertakesAndCancelsTheOthers() {
        IOException failure = new IOException("of 2");
        NothingLeft.run(
                () -> log.read(log.asked(4).mapUnordered(3, x -> workOrFail(4, x, 2, failure)), 0));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "asked 3 at 0",
                        "start 1 at 0",
                        "start 3 at 0",
                        "left 1 at 0",
                        "left 3 at 0",
                        "source left at 0",
                        "failed: of 2 at 0");
    }

    private Coroutine<Integer> workOrFail(int seconds, Integer x, int failing, Exception failure)
            throws Exception {
        if (x == failing) {
            throw failure;
        }
        return log.work(seconds, x);
    }

    @Test
    void aFailureOfMapUnorderedComesBeforeResultsThatWait() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(3)
                                    .mapUnordered(
                                            3,
                                            x ->
                                                    x == 3
                                                            ? Coroutine.failed(
                                                                    new IOException("of 3"))
                                                            : sleep(ofSeconds(x - 1), x));
                    await(log.take(stream, 0));
                    Throwable failure = await(thrownBy(stream.hasNext()));
                    assertThat(failure).hasMessage("of 3");
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theFailureIsTheVeryExceptionAndTheOthersAreSuppressedInIt() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        NothingLeft.run(
                () -> {
                    AsyncStream<Object> stream =
                            log.asked(2)
                                    .mapConcurrent(
                                            2, x -> Coroutine.failed(x == 1 ? first : second));
                    assertThat(await(thrownBy(stream.hasNext()))).isSameAs(first);
                    assertThat(first.getSuppressed()).containsExactly(second);
                    return Coroutine.done();
                });
    }

    @Test
    void theFailureOfTheSourceComesAfterTheResultsOfItsElements() {
        IOException failure = new IOException("of the source");
        NothingLeft.run(
                () ->
                        log.read(
                                log.failing(failure, 1, 2)
                                        .mapConcurrent(5, x -> sleep(ofSeconds(x), x)),
                                0));

        assertThat(log.entries())
                .containsExactly("read 1 at 1", "read 2 at 2", "failed: of the source at 2");
    }

    @Test
    void theFailureOfTheSourceOvertakesInMapUnordered() {
        IOException failure = new IOException("of the source");
        NothingLeft.run(
                () ->
                        log.read(
                                log.failing(failure, 1, 2)
                                        .mapUnordered(5, x -> sleep(ofSeconds(x), x)),
                                0));

        assertThat(log.entries()).containsExactly("failed: of the source at 0");
    }

    @Test
    void noElementIsAskedForAfterAFailure() {
        NothingLeft.run(
                () ->
                        log.read(
                                log.asked(9)
                                        .mapConcurrent(
                                                3,
                                                x ->
                                                        x == 2
                                                                ? Coroutine.failed(
                                                                        new IOException("2"))
                                                                : sleep(ofSeconds(x), x)),
                                4));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "asked 3 at 0",
                        "read 1 at 1",
                        "source left at 5",
                        "failed: 2 at 5");
    }

    @Test
    void aNullFromTheFunctionIsAFailure() {
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(log.asked(1).mapConcurrent(1, x -> null).count())))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage(
                                    "mapConcurrent: the function returned null instead of a"
                                            + " Coroutine");
                    assertThat(
                                    await(
                                            thrownBy(
                                                    log.asked(1)
                                                            .mapUnordered(
                                                                    1, x -> Coroutine.of(null))
                                                            .count())))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage(
                                    "mapUnordered: the function's result is null, and an element"
                                            + " is never null");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureThatNobodyAskedForIsReported() {
        VirtualTime.Recorder recorder = VirtualTime.recorder();
        recorder.run(
                () ->
                        log.asked(2)
                                .mapConcurrent(
                                        2,
                                        x ->
                                                x == 1
                                                        ? sleep(ofSeconds(1), x)
                                                        : Coroutine.failed(new IOException("of 2")))
                                .findFirst());

        assertThat(recorder.reportedMessages()).containsExactly("of 2");
    }

    @Test
    void aTaskThatCancelsItselfIsAFailure() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(3)
                                    .mapConcurrent(
                                            3,
                                            x -> {
                                                if (x == 2) {
                                                    Task.current().cancel("by itself");
                                                }
                                                return sleep(ofSeconds(1), x);
                                            });
                    await(log.take(stream, 1));
                    assertThat(await(thrownBy(stream.hasNext())))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("by itself");
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    // ---- tasks

    @Test
    void eachCallRunsInATaskWithTheNameOfTheOperator() {
        List<String> names = new ArrayList<>();
        NothingLeft.run(
                () ->
                        log.asked(2)
                                .peek(x -> names.add(Task.current().name()))
                                .mapConcurrent(
                                        2,
                                        x -> {
                                            names.add(Task.current().name());
                                            return sleep(ofSeconds(1), x);
                                        })
                                .forEach(x -> {}));

        assertThat(names)
                .containsExactly(
                        "source of mapConcurrent",
                        "source of mapConcurrent",
                        "mapConcurrent",
                        "mapConcurrent");
    }

    @Test
    void theTasksInheritTheTaskLocalsOfTheFirstAsk() {
        TaskLocal<String> user = TaskLocal.create();
        List<String> seen = new ArrayList<>();
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(2)
                                    .mapConcurrent(
                                            1,
                                            x -> {
                                                seen.add(user.get());
                                                user.set("of " + x);
                                                return Coroutine.of(x);
                                            });
                    user.set("Ada");
                    await(stream.hasNext());
                    user.set("Grace");
                    return stream.forEach(x -> {});
                });

        assertThat(seen).containsExactly("Ada", "Ada");
    }
}
