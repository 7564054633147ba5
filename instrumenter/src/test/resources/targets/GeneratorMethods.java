package targets;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

import java.util.function.Function;
import java.util.function.Supplier;

/** Generators as methods of all kinds, and as lambdas. */
public class GeneratorMethods {
    private final String name;

    GeneratorMethods(String name) {
        this.name = name;
    }

    @Async
    private AsyncStream<String> ofInstance(int n) throws Exception {
        for (int i = 0; i < n; i++) {
            emit(name + i + await(step("instance", "!")));
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> instanceMethods() throws Exception {
        GeneratorMethods it = new GeneratorMethods("it");
        return Streams.stopping(3, () -> it.ofInstance(2));
    }

    interface Counted<T> {
        AsyncStream<T> elements(int n) throws Exception;

        @Async
        default AsyncStream<T> twice(int n) throws Exception {
            for (int i = 0; i < 2; i++) {
                AsyncStream<T> once = elements(n);
                while (await(once.hasNext())) {
                    emit(once.next());
                }
                await(hidden("between"));
            }
            return AsyncStream.end();
        }

        @Async
        private Coroutine<Void> hidden(String text) throws Exception {
            AsyncStream<String> said = said(text);
            while (await(said.hasNext())) {
                log(said.next());
            }
            return Coroutine.done();
        }

        @Async
        static AsyncStream<String> said(String text) throws Exception {
            emit(text);
            emit(await(step("said", "end of " + text)));
            return AsyncStream.end();
        }
    }

    static class Base {
        final int from;

        Base(int from) {
            this.from = from;
        }

        @Async
        AsyncStream<Integer> numbers(int n) throws Exception {
            emit(from);
            await(step("base"));
            emit(from + n);
            return AsyncStream.end();
        }
    }

    static class Sub extends Base implements Counted<Integer> {
        Sub() {
            super(10);
        }

        /** With a bridge. */
        @Override
        @Async
        public AsyncStream<Integer> elements(int n) throws Exception {
            for (int i = 0; i < n; i++) {
                emit(i);
            }
            return AsyncStream.end();
        }

        @Override
        @Async
        AsyncStream<Integer> numbers(int n) throws Exception {
            AsyncStream<Integer> all = super.numbers(n);
            while (await(all.hasNext())) {
                emit(-all.next());
            }
            return AsyncStream.end();
        }
    }

    @Async
    static Coroutine<Object> interfacesAndBridges() throws Exception {
        Counted<Integer> counted = new Sub();
        return Coroutine.of(
                "" + await(Streams.stopping(3, () -> counted.twice(2)))
                        + await(Streams.all(counted.elements(2))));
    }

    @Async
    static Coroutine<Object> superCalls() throws Exception {
        Base base = new Sub();
        return Streams.stopping(3, () -> base.numbers(5));
    }

    record Range(int from, long to) {
        @Async
        AsyncStream<Long> numbers() throws Exception {
            for (long l = from; l < to; l++) {
                emit(l);
            }
            return AsyncStream.end();
        }
    }

    enum Letters {
        A,
        B {
            @Override
            @Async
            AsyncStream<String> letters() throws Exception {
                emit(name().toLowerCase());
                emit(await(step("b", "bb")));
                return AsyncStream.end();
            }
        };

        @Async
        AsyncStream<String> letters() throws Exception {
            emit(name());
            return AsyncStream.end();
        }
    }

    @Async
    static Coroutine<Object> recordsAndEnums() throws Exception {
        return Coroutine.of(
                "" + await(Streams.stopping(3, () -> new Range(1, 3).numbers()))
                        + await(Streams.stopping(2, Letters.A::letters))
                        + await(Streams.stopping(3, Letters.B::letters)));
    }

    class Inner {
        @Async
        AsyncStream<String> names() throws Exception {
            emit(name);
            class Local {
                @Async
                AsyncStream<String> more() throws Exception {
                    emit("local " + name);
                    return AsyncStream.end();
                }
            }
            AsyncStream<String> more = new Local().more();
            while (await(more.hasNext())) {
                emit(more.next());
            }
            Counted<String> anonymous =
                    new Counted<>() {
                        @Override
                        @Async
                        public AsyncStream<String> elements(int n) throws Exception {
                            emit("anonymous" + n + name);
                            return AsyncStream.end();
                        }
                    };
            more = anonymous.elements(1);
            while (await(more.hasNext())) {
                emit(more.next());
            }
            return AsyncStream.end();
        }
    }

    @Async
    static Coroutine<Object> innerClasses() throws Exception {
        return Streams.stopping(4, () -> new GeneratorMethods("n").new Inner().names());
    }

    private String name() {
        return name;
    }

    final Supplier<AsyncStream<String>> field =
            () -> {
                emit("field");
                emit(name());
                return AsyncStream.end();
            };

    static final Function<Integer, AsyncStream<Integer>> STATIC_FIELD =
            n -> {
                for (int i = n; i > 0; i--) {
                    emit(i);
                }
                return AsyncStream.end();
            };

    @Async
    static Coroutine<Object> lambdas() throws Exception {
        int captured = await(step("captured", 3));
        long wide = 4;
        Streams.Source nested =
                () -> {
                    emit("outer " + captured);
                    AsyncFunction<Integer, Integer> doubled =
                            x -> Coroutine.of(x * await(step("two", 2)));
                    Supplier<AsyncStream<Object>> inner =
                            () -> {
                                emit("inner " + wide);
                                emit(captured);
                                return AsyncStream.end();
                            };
                    AsyncStream<Object> elements = inner.get();
                    while (await(elements.hasNext())) {
                        emit(elements.next());
                    }
                    emit(await(doubled.apply(captured)));
                    return AsyncStream.end();
                };
        return Coroutine.of(
                "" + await(Streams.stopping(5, nested))
                        + await(Streams.stopping(2, new GeneratorMethods("n").field::get))
                        + await(Streams.stopping(2, () -> STATIC_FIELD.apply(2))));
    }

    /** Overloads, and methods that differ in case. */
    @Async
    static AsyncStream<String> same(int i) throws Exception {
        emit("int " + i);
        return AsyncStream.end();
    }

    @Async
    static AsyncStream<String> same(Object... rest) throws Exception {
        emit("rest " + rest.length);
        return AsyncStream.end();
    }

    @Async
    static AsyncStream<String> SAME() throws Exception {
        emit("upper");
        return AsyncStream.end();
    }

    @Async
    static Coroutine<String> same(String s) throws Exception {
        return Coroutine.of(await(step("same", s)));
    }

    @Async
    static Coroutine<Object> overloads() throws Exception {
        return Coroutine.of(
                "" + await(Streams.all(same(1)))
                        + await(Streams.all(same()))
                        + await(Streams.all(same(1, 2)))
                        + await(Streams.all(SAME()))
                        + await(same("s")));
    }

    /** No generator, although it returns a stream. */
    static AsyncStream<String> passedOn(int i) throws Exception {
        return i > 0 ? same(i) : AsyncStream.end();
    }

    @Async
    static Coroutine<Object> methodsThatPassAStreamOn() throws Exception {
        return Coroutine.of(
                "" + await(Streams.stopping(1, () -> passedOn(1)))
                        + await(Streams.stopping(1, () -> passedOn(0))));
    }

    private static int made;

    @Async
    static AsyncStream<Object> lazy(int n) throws Exception {
        made += n;
        emit(made);
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> nothingRunsBeforeTheFirstAsk() throws Exception {
        made = 0;
        AsyncStream<Object> stream = lazy(Steps.seen(5));
        log("made " + made);
        log(await(stream.hasNext()));
        await(stream.closeAsync());
        await(lazy(7).closeAsync());
        return Coroutine.of(made);
    }
}
