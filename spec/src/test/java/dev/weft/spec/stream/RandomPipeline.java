package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A random pipeline of operators over random sources, beside a model that has no notion of time.
 */
final class RandomPipeline {
    private final Random random;
    private int open;

    /** A stream and its model. */
    record Pipe(String text, AsyncStream<Integer> stream, Model model) {
        private Pipe with(
                String operator,
                Function<AsyncStream<Integer>, AsyncStream<Integer>> change,
                Function<Model, Model> changeOfModel) {
            return new Pipe(
                    text + "." + operator, change.apply(stream), changeOfModel.apply(model));
        }
    }

    RandomPipeline(Random random) {
        this.random = random;
    }

    /** Returns the number of generators that have begun and not ended. */
    int open() {
        return open;
    }

    /** Creates a source with some operators. */
    Pipe create() {
        Pipe pipe = source(2);
        for (int i = random.nextInt(6); i > 0; i--) {
            pipe = operator(pipe);
        }
        return pipe;
    }

    // ---- sources

    private Pipe source(int depth) {
        int count = random.nextInt(8);
        List<Integer> elements = random.ints(count, 0, 30).boxed().toList();
        String failure = random.nextInt(4) == 0 ? "of the source" : null;
        Integer[] array = elements.toArray(Integer[]::new);
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> new Pipe("of" + elements, AsyncStream.of(array), Model.of(elements));
            case 1 -> new Pipe("from" + elements, AsyncStream.from(elements), Model.of(elements));
            case 2 -> ticks(count);
            case 3, 4 ->
                    new Pipe(
                            "generator" + elements + failure,
                            generator(elements, failure, random.nextInt(3)),
                            new Model(elements, failure));
            default -> concat(depth);
        };
    }

    private static Pipe ticks(int count) {
        AsyncStream<Long> ticks = AsyncStream.ticks(ofMillis(7));
        return new Pipe(
                "ticks(" + count + ")",
                ticks.scan(-1, (last, tick) -> last + 1).limit(count), // some may be missed
                Model.of(IntStream.range(0, count).boxed().toList()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private Pipe concat(int depth) {
        List<Pipe> parts =
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> source(depth - 1)).toList();
        return new Pipe(
                "concat" + parts.stream().map(Pipe::text).toList(),
                AsyncStream.concat(parts.stream().map(Pipe::stream).toArray(AsyncStream[]::new)),
                Model.concat(parts.stream().map(Pipe::model).toList()));
    }

    /** Gives elements, before each of which it may sleep. */
    @Async
    private AsyncStream<Integer> generator(List<Integer> elements, String failure, int pause) {
        open++;
        try {
            for (Integer element : elements) {
                if (pause > 0) {
                    await(sleep(ofMillis(element % (5 * pause))));
                }
                emit(element);
            }
            Model.failIf(failure != null, failure);
        } finally {
            try {
                await(sleep(ofMillis(3L * pause)));
            } finally {
                open--;
            }
        }
        return AsyncStream.end();
    }

    // ---- operators

    private Pipe operator(Pipe pipe) {
        int n = random.nextInt(5);
        int bad = random.nextInt(60); // a function fails for this element
        String fails = "(" + n + ", " + bad + ")";
        return switch (random.nextInt(16)) {
            case 0 -> pipe.with("limit" + fails, s -> s.limit(n), m -> m.limit(n));
            case 1 -> pipe.with("skip" + fails, s -> s.skip(n), m -> m.skip(n));
            case 2 ->
                    pipe.with(
                            "takeWhile" + fails,
                            s -> s.takeWhile(x -> isLess(x, 20, bad)),
                            m -> m.takeWhile(20, bad));
            case 3 ->
                    pipe.with(
                            "dropWhile" + fails,
                            s -> s.dropWhile(x -> isLess(x, 10, bad)),
                            m -> m.dropWhile(10, bad));
            case 4 ->
                    pipe.with(
                            "peek" + fails, s -> s.peek(x -> plus(x, 0, bad)), m -> m.map(0, bad));
            case 5 -> pipe.with("distinct", s -> s.distinctUntilChanged(), Model::distinct);
            case 6 ->
                    pipe.with(
                            "scan" + fails,
                            s -> s.scan(0, (sum, x) -> plus(x, sum, bad)),
                            m -> m.scan(bad));
            case 7 ->
                    pipe.with(
                            "windowFixed" + fails,
                            s -> s.windowFixed(n + 1).map(RandomPipeline::sum),
                            m -> m.windows(n + 1));
            case 8, 9 ->
                    pipe.with("map" + fails, s -> s.map(x -> plus(x, n, bad)), m -> m.map(n, bad));
            case 10 ->
                    pipe.with(
                            "mapAsync" + fails,
                            s -> s.mapAsync(x -> sleep(ofMillis(n), plus(x, n, bad))),
                            m -> m.map(n, bad));
            case 11 ->
                    pipe.with(
                            "filter" + fails,
                            s -> s.filter(x -> isLess(x, 15, bad)),
                            m -> m.filter(15, bad));
            case 12 ->
                    pipe.with(
                            "filterAsync" + fails,
                            s -> s.filterAsync(x -> sleep(ofMillis(n), isLess(x, 15, bad))),
                            m -> m.filter(15, bad));
            case 13 -> pipe.with("throttle", s -> s.throttle(ofMillis(n + 1)), m -> m);
            case 14 -> pipe.with("timeoutEach", s -> s.timeoutEach(ofSeconds(100)), m -> m);
            default ->
                    pipe.with(
                            "flatMap" + fails,
                            s -> s.flatMap(x -> inner(x, bad)),
                            m -> m.flatMap(x -> innerModel(x, bad)));
        };
    }

    private AsyncStream<Integer> inner(int x, int bad) {
        Model model = innerModel(x, bad);
        return generator(model.elements(), model.failure(), x % 3);
    }

    private static Model innerModel(int x, int bad) {
        List<Integer> elements = IntStream.range(x, x + x % 4).boxed().toList();
        return new Model(elements, x == bad ? "of an inner stream" : null);
    }

    static Integer sum(List<Integer> window) {
        return window.stream().mapToInt(x -> x).sum();
    }

    static boolean isLess(int x, int limit, int bad) {
        Model.failIf(x == bad, "of a predicate");
        return x < limit;
    }

    static Integer plus(int x, int y, int bad) {
        Model.failIf(x == bad, "of a function");
        return x + y;
    }

    /** Returns a coroutine that reads a stream into a list, and closes it after {@code most}. */
    @Async
    static Coroutine<Void> read(AsyncStream<Integer> stream, int most, List<Integer> read) {
        while (read.size() < most && await(stream.hasNext())) {
            read.add(stream.next());
        }
        await(stream.closeAsync());
        return Coroutine.done();
    }
}
