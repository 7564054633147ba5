package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Functions of the user that throw, or return null. */
class FunctionsTest {
    private final Exception failure = new Exception("of the function");
    private final Tracked tracked = new Tracked();

    /** Throws the checked exception, as code of another language could. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // stands where any value is needed
    private <R> R fail() {
        throw FunctionsTest.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // not checked at run time
    private static <X extends Throwable> X unchecked(Throwable exception) throws X {
        throw (X) exception;
    }

    /** An operation with a function that throws. */
    private interface Operation extends Function<AsyncStream<Integer>, Coroutine<?>> {}

    private Map<String, Operation> failing() {
        AsyncFunction<Integer, Integer> thrown = x -> fail();
        AsyncFunction<Integer, Integer> later = x -> late();
        Map<String, Operation> all = new TreeMap<>();
        all.put("map", s -> s.map(x -> this.<Integer>fail()).toList());
        all.put("mapAsync", s -> s.mapAsync(thrown).toList());
        all.put("mapAsync, later", s -> s.mapAsync(later).toList());
        all.put("flatMap", s -> s.flatMap(x -> this.<AsyncStream<Integer>>fail()).toList());
        all.put("filter", s -> s.filter(x -> this.<Boolean>fail()).toList());
        all.put("filterAsync", s -> s.filterAsync(x -> fail()).toList());
        all.put("filterAsync, later", s -> s.filterAsync(x -> late()).toList());
        all.put("takeWhile", s -> s.takeWhile(x -> this.<Boolean>fail()).toList());
        all.put("dropWhile", s -> s.dropWhile(x -> this.<Boolean>fail()).toList());
        all.put("peek", s -> s.peek(x -> fail()).toList());
        all.put("scan", s -> s.scan(0, (sum, x) -> this.<Integer>fail()).toList());
        all.put("distinctUntilChanged", s -> s.map(Hostile::new).distinctUntilChanged().toList());
        all.put("forEach", s -> s.forEach(x -> fail()));
        all.put("forEachAsync", s -> s.forEachAsync(thrown));
        all.put("forEachAsync, later", s -> s.forEachAsync(later));
        all.put("fold", s -> s.fold(0, (sum, x) -> this.<Integer>fail()));
        all.put("collect, supplier", s -> s.collect(collector(true, false)));
        all.put("collect, accumulator", s -> s.collect(collector(false, true)));
        return all;
    }

    private <R> Coroutine<R> late() {
        return Coroutine.from(
                () -> {
                    await(sleep(ofSeconds(1)));
                    throw failure;
                });
    }

    private Collector<Integer, List<Integer>, List<Integer>> collector(
            boolean suppliesNothing, boolean accumulatesNothing) {
        return Collector.of(
                () -> suppliesNothing ? fail() : new ArrayList<>(),
                (list, x) -> {
                    if (accumulatesNothing) {
                        fail();
                    }
                },
                (a, b) -> a);
    }

    /** An element whose comparison fails. */
    private final class Hostile {
        Hostile(int number) {}

        @Override
        public boolean equals(Object other) {
            return fail();
        }

        @Override
        public int hashCode() {
            return fail();
        }
    }

    @TestFactory
    Stream<DynamicTest> theVeryExceptionComesOutAfterTheSourceWasClosed() {
        return failing().entrySet().stream()
                .map(operation -> dynamicTest(operation.getKey(), () -> fails(operation)));
    }

    private void fails(Map.Entry<String, Operation> operation) {
        tracked.log.clear();
        NothingLeft.run(
                () -> {
                    Coroutine<?> end = operation.getValue().apply(tracked.numbers(3));
                    assertThat(await(thrownBy(end))).isSameAs(failure);
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @TestFactory
    Stream<DynamicTest> aFailureOfTheCloseIsSuppressed() {
        return failing().entrySet().stream()
                .map(operation -> dynamicTest(operation.getKey(), () -> failsTwice(operation)));
    }

    private void failsTwice(Map.Entry<String, Operation> operation) {
        RuntimeException second = new RuntimeException("of the close");
        Tracked closing = new Tracked().closingIn(ofSeconds(1)).closingWith(second);
        NothingLeft.run(
                () -> {
                    Coroutine<?> end = operation.getValue().apply(closing.numbers(3));
                    assertThat(await(thrownBy(end))).isSameAs(failure);
                    assertThat(failure.getSuppressed()).contains(second);
                    return Coroutine.done();
                });
    }

    @TestFactory
    Stream<DynamicTest> nullIsAFailureThatNamesTheOperator() {
        Map<String, Operation> all =
                Map.ofEntries(
                        entry("map", s -> s.map(x -> (Integer) null).toList()),
                        entry("mapAsync", s -> s.mapAsync(x -> null).toList()),
                        entry(
                                "mapAsync: ",
                                s -> s.mapAsync(x -> Coroutine.of((Integer) null)).toList()),
                        entry("flatMap", s -> s.flatMap(x -> (AsyncStream<?>) null).toList()),
                        entry("filterAsync", s -> s.filterAsync(x -> null).toList()),
                        entry(
                                "filterAsync: ",
                                s -> s.filterAsync(x -> Coroutine.of(null)).toList()),
                        entry("scan", s -> s.scan(0, (sum, x) -> (Integer) null).toList()),
                        entry("forEachAsync", s -> s.forEachAsync(x -> null)));
        return all.entrySet().stream()
                .map(operation -> dynamicTest(operation.getKey(), () -> failsWithNull(operation)));
    }

    private void failsWithNull(Map.Entry<String, Operation> operation) {
        tracked.log.clear();
        NothingLeft.run(
                () -> {
                    Throwable thrown =
                            await(thrownBy(operation.getValue().apply(tracked.numbers(3))));
                    assertThat(thrown)
                            .isInstanceOf(NullPointerException.class)
                            .hasMessageStartingWith(operation.getKey().replace(": ", "") + ": ");
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void nullIsAllowedWhereNoElementIsMade() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> numbers = AsyncStream.of(1, 2);
                    assertThat(await(numbers.fold(1, (last, x) -> (Integer) null))).isNull();
                    await(AsyncStream.of(1).forEachAsync(x -> Coroutine.of(null)));
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheFinisherComesOutAfterTheEnd() {
        NothingLeft.run(
                () -> {
                    Collector<Integer, ?, Integer> collector =
                            Collector.of(ArrayList::new, List::add, (a, b) -> a, a -> fail());
                    assertThat(await(thrownBy(tracked.numbers(1).collect(collector))))
                            .isSameAs(failure);
                    assertThat(tracked.log).containsExactly("ended");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfASourceThatHasWaitedComesThroughEveryOperator() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> all =
                            tracked.failing(failure)
                                    .map(x -> x)
                                    .filter(x -> true)
                                    .flatMap(AsyncStream::of)
                                    .mapAsync(Coroutine::of)
                                    .timeoutEach(ofSeconds(9))
                                    .throttle(ofSeconds(1));
                    assertThat(await(all.hasNext())).isTrue();
                    assertThat(all.next()).isEqualTo(1);
                    assertThat(await(thrownBy(all.hasNext()))).isSameAs(failure);
                    assertThat(await(all.hasNext())).isFalse();
                    assertThat(tracked.log).containsExactly("failed");
                    return Coroutine.done();
                });
    }

    @Test
    void aFatalErrorOfAFunctionEndsTheRunAndClosesNothingBefore() {
        OutOfMemoryError fatal = new OutOfMemoryError("of the function");
        Throwable thrown =
                VirtualTime.failureOf(
                        () ->
                                tracked.numbers(3)
                                        .map(
                                                x -> {
                                                    throw fatal;
                                                })
                                        .toList());
        assertThat(thrown).isSameAs(fatal);
        assertThat(tracked.log).containsExactly("closed"); // by the end of the loop
    }

    @Test
    void aFunctionMayNotAskItsOwnStream() {
        NothingLeft.run(
                () -> {
                    List<AsyncStream<Integer>> own = new ArrayList<>();
                    AsyncStream<Integer> stream =
                            tracked.numbers(3)
                                    .mapAsync(
                                            x ->
                                                    await(own.get(0).hasNext())
                                                            ? Coroutine.of(x)
                                                            : null);
                    own.add(stream);
                    assertThat(await(thrownBy(stream.hasNext())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("hasNext() in task Task-1 while hasNext()")
                            .hasMessageContaining("in task Task-1 is pending");
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }
}
