package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.stream.AsyncStream.merge;
import static dev.weft.stream.AsyncStream.zip;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several streams at the same time: merge, zip and flatMapConcurrent. */
class MergeAndZipTest {
    private final Timeline log = new Timeline();

    // ---- merge

    @Test
    void aMergedStreamRunsOneElementAhead() {
        NothingLeft.run(() -> log.read(merge(log.asked(3)), 2));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "read 1 at 0",
                        "asked 2 at 0",
                        "read 2 at 2",
                        "asked 3 at 2",
                        "read 3 at 4",
                        "source left at 4",
                        "end at 6");
    }

    @Test
    void elementsOfOneInstantComeInTheOrderOfTheArgumentsAndThenOfTheAsks() {
        NothingLeft.run(
                () -> {
                    assertThat(
                                    await(
                                            merge(
                                                            AsyncStream.of(1, 2),
                                                            AsyncStream.of(3, 4, 5),
                                                            AsyncStream.of(6))
                                                    .toList()))
                            .containsExactly(1, 3, 6, 2, 4, 5);
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureComesAfterTheElementsThatCameBefore() {
        NothingLeft.run(
                () ->
                        log.read(
                                merge(
                                        AsyncStream.of(1, 2),
                                        log.failing(new IOException("b"), 3),
                                        AsyncStream.of(4, 5)),
                                1));

        assertThat(log.entries())
                .containsExactly(
                        "read 1 at 0",
                        "read 3 at 1",
                        "read 4 at 2",
                        "read 2 at 3",
                        "failed: b at 4");
    }

    @Test
    void aFailureClosesTheOtherStreams() {
        NothingLeft.run(
                () ->
                        log.read(
                                merge(
                                        log.asked(9),
                                        log.after(5),
                                        log.failing(new IOException("c"))),
                                0));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0", "read 1 at 0", "source left at 0", "failed: c at 0");
    }

    @Test
    void aMergeOfNothingEndsAtOnce() {
        NothingLeft.run(
                () -> {
                    assertThat(await(AsyncStream.<Integer>merge().toList())).isEmpty();
                    assertThat(await(merge(AsyncStream.<Integer>end(), AsyncStream.of(1)).toList()))
                            .containsExactly(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aStreamTwiceIsRefusedAndTheOthersStayUsable() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> one = AsyncStream.of(1);
                    AsyncStream<Integer> two = AsyncStream.of(2);
                    assertThatThrownBy(() -> merge(one, two, two))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("merge");
                    assertThatThrownBy(() -> zip(one, one, Integer::sum))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("zip");
                    assertThat(await(zip(one, two, Integer::sum).toList())).containsExactly(3);
                    assertThatThrownBy(() -> zip(AsyncStream.of(1), one, Integer::sum))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theTasksHaveNumbers() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> merged = merge(log.after(0, 9), log.after(9));
                    await(merged.hasNext());
                    assertThat(Task.all()).extracting(Task::name).contains("merge 1", "merge 2");
                    return merged.closeAsync();
                });
    }

    // ---- zip

    @Test
    void zipAsksBothStreamsAtTheSameTimeOneElementAhead() {
        NothingLeft.run(() -> log.read(zip(log.asked(2), log.after(3, 3), List::of), 2));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "read [1, 1] at 3",
                        "asked 2 at 3",
                        "read [2, 2] at 6",
                        "source left at 6",
                        "end at 8");
    }

    @Test
    void theEndOfTheShorterStreamCancelsAnAskOfTheLongerOne() {
        NothingLeft.run(() -> log.read(zip(log.after(1), log.after(1, 9), List::of), 0));

        assertThat(log.entries()).containsExactly("read [1, 1] at 1", "end at 1");
    }

    @Test
    void aFailureComesAtOnceAndWinsOverAnEndOfThatInstant() {
        NothingLeft.run(
                () -> log.read(zip(log.after(9), log.failing(new IOException("b")), List::of), 0));
        NothingLeft.run(
                () ->
                        log.read(
                                zip(AsyncStream.of(), log.failing(new IOException("b")), List::of),
                                0));

        assertThat(log.entries()).containsExactly("failed: b at 0", "failed: b at 0");
    }

    @Test
    void theFunctionOfZipMayFailAndMustNotReturnNull() {
        IOException failure = new IOException("f");
        NothingLeft.run(
                () -> {
                    assertThat(
                                    await(
                                            thrownBy(
                                                    zip(
                                                                    log.asked(1),
                                                                    AsyncStream.of(1),
                                                                    (x, y) -> {
                                                                        throw Timeline
                                                                                .<RuntimeException>
                                                                                        thrown(
                                                                                                failure);
                                                                    })
                                                            .count())))
                            .isSameAs(failure);
                    assertThat(
                                    await(
                                            thrownBy(
                                                    zip(
                                                                    AsyncStream.of(1),
                                                                    AsyncStream.of(1),
                                                                    (x, y) -> null)
                                                            .count())))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessageStartingWith("zip: the function returned null");
                    return Coroutine.done();
                });

        assertThat(log.entries()).containsExactly("asked 1 at 0", "source left at 0");
    }

    // ---- flatMapConcurrent

    @Test
    void aPlaceIsFreeWhenItsStreamHasEnded() {
        NothingLeft.run(() -> log.read(log.asked(3).flatMapConcurrent(2, x -> log.after(x, x)), 0));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "read 1 at 1",
                        "read 1 at 2",
                        "read 2 at 2",
                        "asked 3 at 2",
                        "read 2 at 4",
                        "source left at 4",
                        "read 1 at 5",
                        "read 2 at 8",
                        "end at 8");
    }

    @Test
    void aFailureOfTheFunctionOrOfAStreamClosesAll() {
        NothingLeft.run(
                () ->
                        log.read(
                                log.asked(9)
                                        .flatMapConcurrent(
                                                2,
                                                x ->
                                                        x == 2
                                                                ? log.failing(new IOException("2"))
                                                                : log.after(9)),
                                0));
        NothingLeft.run(
                () ->
                        log.read(
                                log.asked(9)
                                        .flatMapConcurrent(2, x -> x == 2 ? null : log.after(9)),
                                0));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "source left at 0",
                        "failed: 2 at 0",
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "source left at 0",
                        "failed: flatMapConcurrent: the function returned null instead of a stream"
                                + " at 0");
    }

    @Test
    void theFailureOfAStreamIsThatOfTheWholeAndAStreamUsedTwiceIsOne() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> same = AsyncStream.of(1, 2);
                    assertThat(
                                    await(
                                            thrownBy(
                                                    AsyncStream.of(1, 2)
                                                            .flatMapConcurrent(2, x -> same)
                                                            .count())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("flatMapConcurrent");
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }
}
