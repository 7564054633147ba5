package dev.weft.spec.stream;

import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.merge;
import static dev.weft.stream.AsyncStream.ticks;
import static dev.weft.stream.AsyncStream.zip;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.EventLoop;
import dev.weft.spec.stream.DiagramRun.Call;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each marble diagram in the documentation of {@code AsyncStream} as it is printed. The call
 * of a diagram stands here twice, as a text and as code, so that a test can compare both.
 */
class DiagramsTest {
    private static final String DOCUMENTATION =
            text("../runtime/src/main/java/dev/weft/stream/AsyncStream.java");

    private final List<Object> log = new ArrayList<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();

    DiagramsTest() {
        // sources
        call("of(1, 2, 3)", in -> AsyncStream.of(1, 2, 3));
        call("from(List.of(1, 2, 3))", in -> AsyncStream.from(List.of(1, 2, 3)));
        queue("from(queue)", queue -> AsyncStream.from(queue));
        call("ticks(ofSeconds(3))", in -> AsyncStream.ticks(ofSeconds(3)));
        two("concat(a, b)", (a, b) -> AsyncStream.concat(a, b));
        publisher("from(publisher, 2)", publisher -> AsyncStream.from(publisher, 2));
        two("merge(a, b)", (a, b) -> merge(a, b));
        two("zip(a, b, (x, y) -> x + y)", (a, b) -> zip(a, b, (x, y) -> x + y));

        // operators
        on("map(x -> 2 * x)", s -> s.map(x -> 2 * x));
        on(
                "mapAsync(x -> sleep(ofSeconds(1), 2 * x))",
                s -> s.mapAsync(x -> sleep(ofSeconds(1), 2 * x)));
        on(
                "flatMap(x -> ticks(ofSeconds(2)).limit(x + 1))",
                s -> s.flatMap(x -> ticks(ofSeconds(2)).limit(x + 1)));
        on("filter(x -> x % 2 == 0)", s -> s.filter(x -> x % 2 == 0));
        on(
                "filterAsync(x -> sleep(ofSeconds(1), x % 2 == 0))",
                s -> s.filterAsync(x -> sleep(ofSeconds(1), x % 2 == 0)));
        on("limit(2)", s -> s.limit(2));
        on("skip(2)", s -> s.skip(2));
        on("takeWhile(x -> x < 3)", s -> s.takeWhile(x -> x < 3));
        on("dropWhile(x -> x < 3)", s -> s.dropWhile(x -> x < 3));
        on("peek(x -> log.add(x))", s -> s.peek(x -> log.add(x)));
        on("distinctUntilChanged()", s -> s.distinctUntilChanged());
        on("scan(0, (sum, x) -> sum + x)", s -> s.scan(0, (sum, x) -> sum + x));
        on("windowFixed(2)", s -> s.windowFixed(2));
        on("throttle(ofSeconds(3))", s -> s.throttle(ofSeconds(3)));
        on("timeoutEach(ofSeconds(4))", s -> s.timeoutEach(ofSeconds(4)));

        on(
                "mapConcurrent(2, x -> sleep(ofSeconds(2 * x), x))",
                s -> s.mapConcurrent(2, x -> sleep(ofSeconds(2 * x), x)));
        on(
                "mapUnordered(2, x -> sleep(ofSeconds(2 * x), x))",
                s -> s.mapUnordered(2, x -> sleep(ofSeconds(2 * x), x)));
        on(
                "flatMapConcurrent(2, x -> ticks(ofSeconds(x)).limit(2))",
                s -> s.flatMapConcurrent(2, x -> ticks(ofSeconds(x)).limit(2)));
        on("buffer(2)", s -> s.buffer(2));
        on("windowTimed(2, ofSeconds(3))", s -> s.windowTimed(2, ofSeconds(3)));
        on("debounce(ofSeconds(2))", s -> s.debounce(ofSeconds(2)));

        // ends
        on("forEach(x -> log.add(x))", s -> s.forEach(x -> log.add(x)));
        on("forEachAsync(x -> sleep(ofSeconds(1)))", s -> s.forEachAsync(x -> sleep(ofSeconds(1))));
        on("fold(0, (sum, x) -> sum + x)", s -> s.fold(0, (sum, x) -> sum + x));
        on("collect(Collectors.summingInt(x -> x))", s -> s.collect(Collectors.summingInt(x -> x)));
        on("toList()", s -> s.toList());
        on("count()", s -> s.count());
        on("findFirst()", s -> s.findFirst());
    }

    private void call(String call, Call code) {
        calls.put(call, code);
    }

    private void on(String call, Function<AsyncStream<Integer>, Object> code) {
        call(call, in -> code.apply(in.stream("this")));
    }

    private void two(
            String call, BiFunction<AsyncStream<Integer>, AsyncStream<Integer>, Object> code) {
        call(call, in -> code.apply(in.stream("a"), in.stream("b")));
    }

    private void queue(String call, Function<AsyncQueue<Integer>, Object> code) {
        call(call, in -> code.apply(in.queue("queue")));
    }

    private void publisher(String call, Function<Flow.Publisher<Integer>, Object> code) {
        call(
                call,
                in -> code.apply(in.<Integer>stream("publisher").toPublisher(EventLoop.current())));
    }

    @TestFactory
    Stream<DynamicTest> everyDiagramOfTheDocumentationHappensAsItIsPrinted() {
        return Diagram.allIn(DOCUMENTATION).stream()
                .map(diagram -> dynamicTest(diagram.call(), () -> check(diagram)));
    }

    private void check(Diagram diagram) {
        assertThat(calls).as("the calls of diagrams in this test").containsKey(diagram.call());
        DiagramRun.check(diagram, calls.get(diagram.call()));
    }

    @Test
    void everyCallOfThisTestHasADiagram() {
        List<String> diagrams = Diagram.allIn(DOCUMENTATION).stream().map(Diagram::call).toList();

        assertThat(diagrams).doesNotHaveDuplicates().containsAll(calls.keySet());
    }

    @Test
    void theCodeOfEachCallIsItsText() {
        String here = text("src/test/java/dev/weft/spec/stream/DiagramsTest.java");
        String code = here.replaceAll("\\s", "");

        assertThat(calls.keySet())
                .allSatisfy(
                        call -> {
                            String text = call.replaceAll("\\s", "");
                            assertThat(code)
                                    .containsPattern(
                                            "\"\\Q"
                                                    + text
                                                    + "\",\\E[^\"]*?->(s\\.|AsyncStream\\.)?\\Q"
                                                    + text
                                                    + "\\E\\);");
                        });
    }

    /** A method of a stream, or of several ones, that returns one: an operator or a source. */
    @Test
    void everyOperatorSourceAndEndHasADiagram() {
        List<String> drawn =
                Diagram.allIn(DOCUMENTATION).stream()
                        .map(diagram -> diagram.call().replaceAll("\\(.*", ""))
                        .toList();
        List<String> others =
                List.of("end", "emit", "hasNext", "next", "closeAsync", "toPublisher");

        assertThat(AsyncStream.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() == AsyncStream.class)
                .extracting(method -> method.getName())
                .filteredOn(name -> !others.contains(name))
                .allSatisfy(name -> assertThat(drawn).contains(name));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
