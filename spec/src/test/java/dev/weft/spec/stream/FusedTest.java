package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators that run together behave as if each was alone. */
class FusedTest {
    private final Tracked tracked = new Tracked();
    private final List<String> log = tracked.log;

    @Test
    void anElementPassesAllFunctionsBeforeTheNextOne() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            tracked.numbers(2)
                                    .peek(x -> log.add("a" + x))
                                    .peek(x -> log.add("b" + x))
                                    .peek(x -> log.add("c" + x));
                    await(stream.forEach(x -> log.add("end" + x)));
                    assertThat(log)
                            .containsExactly(
                                    "a1", "b1", "c1", "end1", "a2", "b2", "c2", "end2", "ended");
                    return Coroutine.done();
                });
    }

    @Test
    void anOperatorOnAStreamThatHasBegunGetsTheElementThatWasFound() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = tracked.numbers(3).map(x -> 10 * x);
                    await(stream.hasNext());
                    assertThat(stream.next()).isEqualTo(10);
                    await(stream.hasNext()); // finds 20
                    AsyncStream<Integer> more = stream.map(x -> x + 1).filter(x -> x > 0);
                    assertThat(await(more.toList())).containsExactly(21, 31);
                    return Coroutine.done();
                });
    }

    @Test
    void anOperatorOnAStreamThatHasEndedHasNoElements() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> closed = tracked.numbers(3).map(x -> x);
                    await(closed.closeAsync());
                    assertThat(await(closed.map(x -> x).toList())).isEmpty();
                    AsyncStream<Integer> ended = AsyncStream.of(1).takeWhile(x -> false);
                    assertThat(await(ended.hasNext())).isFalse();
                    assertThat(await(ended.map(x -> x).count())).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void takeWhileEndsTheStreamBeforeTheFunctionsThatFollow() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> two =
                            tracked.numbers(9).takeWhile(x -> x < 3).peek(x -> log.add("saw " + x));
                    assertThat(await(two.windowFixed(2).toList())).containsExactly(List.of(1, 2));
                    assertThat(log).containsExactly("saw 1", "saw 2", "closed");
                    AsyncStream<Integer> three = tracked.numbers(9).takeWhile(x -> x < 4);
                    assertThat(await(three.windowFixed(2).count())).isEqualTo(2); // and the rest
                    return Coroutine.done();
                });
    }

    @Test
    void limitClosesItsSourceBeforeTheFunctionsThatFollow() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> one =
                            tracked.numbers(9)
                                    .peek(x -> log.add("before " + x))
                                    .limit(1)
                                    .peek(x -> log.add("after " + x));
                    assertThat(await(one.toList())).containsExactly(1);
                    assertThat(log).containsExactly("before 1", "closed", "after 1");
                    return Coroutine.done();
                });
    }

    @Test
    void eachStreamHasItsOwnState() {
        NothingLeft.run(
                () -> {
                    List<AsyncStream<Integer>> streams = new ArrayList<>();
                    for (int i = 0; i < 2; i++) {
                        streams.add(AsyncStream.of(1, 2, 3).skip(1).scan(i, (sum, x) -> sum + x));
                    }
                    assertThat(await(streams.get(0).toList())).containsExactly(2, 5);
                    assertThat(await(streams.get(1).toList())).containsExactly(3, 6);
                    return Coroutine.done();
                });
    }
}
