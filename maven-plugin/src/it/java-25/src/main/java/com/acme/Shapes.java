package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/** Uses what Java has gained since 17, with awaits in the middle of it. */
class Shapes {

    sealed interface Shape {}

    record Square(int side) implements Shape {}

    record Box(Shape left, Shape right) implements Shape {}

    @Async
    static Coroutine<Integer> later(int value) {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), value)));
    }

    @Async
    static Coroutine<Integer> area(Shape shape) {
        return switch (shape) {
            case Square(var side) when side < await(later(2)) -> Coroutine.of(side);
            case Square(var side) -> Coroutine.of(await(later(side)) * side);
            case Box(Square(var one), Square(_)) when await(later(one)) == 0 -> Coroutine.of(0);
            case Box(var left, var right) -> Coroutine.of(await(area(left)) + await(area(right)));
        };
    }
}
