package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A stream is used once, decided at the call. */
class SingleUseTest {
    private final Tracked tracked = new Tracked();

    @Test
    void aSecondOperatorOrEndIsRefusedAtTheCall() {
        AsyncStream<Integer> stream = AsyncStream.of(1);
        AsyncStream<Integer> mapped = stream.map(x -> x);

        refused(stream, s -> s.map(x -> x), "map");
        refused(stream, s -> AsyncStream.concat(s), "concat");
        refused(stream, s -> s.toList().close(), "toList");
        refused(stream, s -> s.count().close(), "count");
        mapped.toList().close();
        refused(mapped, s -> s.limit(1), "limit");
    }

    private static void refused(
            AsyncStream<Integer> stream, Consumer<AsyncStream<Integer>> call, String name) {
        assertThatThrownBy(() -> call.accept(stream))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(name + ": the stream belongs to an operator or an end");
    }

    @Test
    void theCallsOfReadersAreRefusedBesideAnOperator() {
        AsyncStream<Integer> stream = AsyncStream.of(1);
        stream.map(x -> x);

        refused(stream, s -> s.hasNext().close(), "hasNext()");
        refused(stream, s -> s.next(), "next()");
        refused(stream, s -> s.closeAsync().close(), "closeAsync()");
    }

    @Test
    void aCoroutineThatWasMadeBeforeTheOperatorIsRefusedWhenAwaited() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1, 2).map(x -> x);
                    Coroutine<Boolean> ask = stream.hasNext();
                    Coroutine<Void> close = stream.closeAsync();
                    AsyncStream<Integer> more = stream.map(x -> -x);
                    assertThat(await(thrownBy(ask)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("hasNext(): the stream belongs to");
                    assertThat(await(thrownBy(close)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("closeAsync(): the stream belongs to");
                    assertThat(await(more.toList())).containsExactly(-1, -2);
                    return Coroutine.done();
                });
    }

    @Test
    void aCallWithAWrongArgumentDoesNotUseTheStream() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1, 2);
                    assertThatThrownBy(() -> stream.limit(-1));
                    assertThatThrownBy(() -> stream.map(null));
                    assertThatThrownBy(() -> stream.windowFixed(0));
                    assertThatThrownBy(() -> stream.throttle(ofSeconds(0)));
                    assertThat(await(stream.toList())).containsExactly(1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void concatUsesAllOfItsStreamsOrNone() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> a = AsyncStream.of(1);
                    AsyncStream<Integer> b = AsyncStream.of(2);
                    AsyncStream<Integer> used = AsyncStream.of(3);
                    used.limit(1);
                    refused(a, s -> AsyncStream.concat(s, b, used), "concat");
                    refused(a, s -> AsyncStream.concat(s, b, s), "concat");
                    assertThatThrownBy(() -> AsyncStream.concat(a, null))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage("streams[1]");
                    assertThat(await(AsyncStream.concat(a, b).toList())).containsExactly(1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void theArgumentsOfConcatAreUsedAtTheCall() {
        AsyncStream<Integer> a = AsyncStream.of(1);
        AsyncStream.concat(a, AsyncStream.of(2));

        refused(a, s -> s.map(x -> x), "map");
    }

    @Test
    void flatMapRefusesAStreamThatIsUsedAlreadyAndClosesItsSource() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> same = AsyncStream.of(1);
                    AsyncStream<Integer> twice = tracked.numbers(3).flatMap(x -> same);
                    assertThat(await(thrownBy(twice.toList())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("flatMap: the stream belongs to");
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aStreamThatHasBegunCanGetAnOperator() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1, 2, 3);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThat(await(stream.hasNext())).isTrue(); // 2 is not taken
                    assertThat(await(stream.map(x -> -x).toList())).containsExactly(-2, -3);
                    return Coroutine.done();
                });
    }

    @Test
    void theEmptyStreamMayBeUsedAgainAndInEveryLoop() {
        for (int i = 0; i < 2; i++) {
            NothingLeft.run(
                    () -> {
                        AsyncStream<Integer> end = AsyncStream.end();
                        assertThat(await(end.toList())).isEmpty();
                        assertThat(await(end.map(x -> x).count())).isZero();
                        assertThat(await(end.hasNext())).isFalse();
                        await(end.closeAsync());
                        assertThat(await(AsyncStream.concat(end, end).toList())).isEmpty();
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void aStreamBelongsToTheLoopThatAskedFirst() {
        AsyncStream<Integer> stream = AsyncStream.of(1, 2).map(x -> x);
        VirtualTime.run(stream::hasNext);
        stream.next();

        assertThatThrownBy(() -> VirtualTime.run(stream::hasNext))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of another loop than before");
    }

    @Test
    void nothingRunsBeforeTheFirstAsk() {
        NothingLeft.run(
                () -> {
                    List<String> log = new ArrayList<>();
                    Iterable<Integer> values =
                            () -> {
                                log.add("begun");
                                return List.of(1).iterator();
                            };
                    Coroutine<List<Integer>> end =
                            AsyncStream.from(values).peek(x -> log.add("peek")).toList();
                    await(sleep(ofSeconds(1)));
                    assertThat(log).isEmpty();
                    await(end);
                    assertThat(log).containsExactly("begun", "peek");
                    return Coroutine.done();
                });
    }
}
