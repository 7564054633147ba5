package targets;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

/** Generators that emit in pattern switches. */
public class GeneratorPatterns {
    sealed interface Shape permits Square, Circle, Group {}

    record Square(int side) implements Shape {}

    record Circle(double radius) implements Shape {}

    record Group(Shape first, Shape second) implements Shape {}

    @Async
    static AsyncStream<Object> leaves(Shape shape) throws Exception {
        switch (shape) {
            case Square(int side) when await(step("large", side)) > 3 -> emit("large " + side);
            case Square(var side) -> emit(side);
            case Circle(double radius) -> {
                emit(radius);
                emit(radius * await(step("pi", 3)));
            }
            case Group(Square(var side), var second) -> {
                emit("group of " + side);
                AsyncStream<Object> inner = leaves(second);
                while (await(inner.hasNext())) {
                    emit(inner.next());
                }
            }
            case Group(Shape first, Shape second) ->
                    emit(
                            "group "
                                    + switch (first) {
                                        case Circle(var radius) -> {
                                            emit("inner");
                                            yield radius;
                                        }
                                        default -> second;
                                    });
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> recordPatterns() throws Exception {
        Shape nested = new Group(new Square(1), new Group(new Circle(0.5), new Square(9)));
        return Coroutine.of(
                "" + await(Streams.stopping(4, () -> leaves(nested)))
                        + await(Streams.stopping(2, () -> leaves(new Square(4))))
                        + await(Streams.stopping(2, () -> leaves(new Square(2))))
                        + await(Streams.stopping(3, () -> leaves(new Circle(1)))));
    }
}
