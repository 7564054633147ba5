package targets;

import static dev.weft.Weft.await;
import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.util.List;

/** Pattern switches, record patterns, unnamed patterns and variables. */
public class Patterns {
    sealed interface Shape permits Circle, Box, Group {}

    record Circle(int radius) implements Shape {}

    record Box(Object width, Object height) implements Shape {}

    record Group(Shape first, Shape second) implements Shape {}

    enum Way {
        UP,
        DOWN
    }

    @Async
    static Coroutine<Integer> area(Shape shape) throws Exception {
        return Coroutine.of(
                switch (await(step("selector", shape))) {
                    case Circle(int r) when r > 1 -> r * r * await(step("pi", 3));
                    case Circle _ -> await(step("small", 0));
                    case Box(Integer w, Integer h) -> w * await(step("height", h));
                    case Box(var w, _) -> {
                        await(step("odd box"));
                        yield String.valueOf(w).length();
                    }
                    case Group(Group(var a, _), Circle(var r)) -> await(area(a)) + r;
                    case Group(var a, var b) -> await(area(a)) + await(area(b));
                });
    }


    @Async
    static Coroutine<Object> recordPatterns() throws Exception {
        return Coroutine.of(
                await(area(new Circle(2))) + await(area(new Circle(1))) + await(area(new Box(2, 3))));
    }

    @Async
    static Coroutine<Object> nestedRecordPatterns() throws Exception {
        Shape inner = new Group(new Box("w", 1), new Circle(4));
        return Coroutine.of(await(area(new Group(inner, new Circle(5)))));
    }

    @Async
    static Coroutine<Object> typePatterns() throws Exception {
        String all = "";
        for (Object o : new Object[] {1, "text", null, List.of(1, 2), Way.DOWN, 'c', new int[] {7}}) {
            all +=
                    switch (await(step("selector", o))) {
                        case null -> "null" + await(step("null", 0));
                        case Integer i when i > await(step("guard", 5)) -> "big";
                        case Integer i -> i + await(step("int", 1));
                        case String s -> s.concat(await(step("String", "!")));
                        case Way way when way == Way.UP -> "up";
                        case Way way -> way.name() + await(step("way", way.ordinal()));
                        case List<?> list -> list.size() + await(step("list", 2));
                        case int[] array -> array[0] * await(step("array", 3));
                        default -> {
                            log(o);
                            yield "?";
                        }
                    };
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> statement() throws Exception {
        Object o = await(step("o", (Object) new Box(1, "h")));
        switch (o) {
            case Box(Integer w, String h) when w.equals(await(step("guard", 1))):
                log(w + h + await(step("body", "b")));
                break;
            case Box _:
                log("another");
                break;
            default:
                return Coroutine.of("no box");
        }
        return Coroutine.of(await(step("after", "end")));
    }

    @Async
    static Coroutine<Object> instanceofRecord() throws Exception {
        Object o = await(step("o", (Object) new Group(new Circle(1), new Circle(2))));
        if (o instanceof Group(Circle(var a), Circle(int b)) && a < await(step("limit", 5))) {
            return Coroutine.of(a + b + await(step("plus", 1)));
        }
        return Coroutine.of(-1);
    }

    @Async
    static Coroutine<Object> unnamed() throws Exception {
        int count = 0;
        for (String _ : List.of("a", "b")) {
            var _ = await(step("unused", 1));
            count++;
        }
        try {
            await(step("tried"));
        } catch (IllegalStateException _) {
            count += await(step("handler", 10));
        }
        return Coroutine.of(count);
    }

    @Async
    static Coroutine<Object> qualifiedEnumConstants() throws Exception {
        return Coroutine.of(
                switch (await(step("selector", (Object) Way.UP))) {
                    case Way.UP -> await(step("up", 1));
                    case Way.DOWN -> 2;
                    default -> 3;
                });
    }

    @Async
    static Coroutine<Object> failingAccessor() throws Exception {
        record Bad(int i) {
            @Override
            public int i() {
                throw new ArithmeticException("accessor");
            }
        }
        Object o = await(step("o", (Object) new Bad(1)));
        try {
            return Coroutine.of(o instanceof Bad(int i) ? i : await(step("other", 2)));
        } catch (MatchException e) {
            return Coroutine.of(e.getCause().getMessage() + await(step("handler", 3)));
        }
    }

    static class Flexible {
        final int doubled;

        Flexible(int i) {
            int d = i * 2;
            log("before super");
            super();
            doubled = d;
        }

        @Async
        Coroutine<Integer> get() throws Exception {
            return Coroutine.of(doubled + await(step("get", 1)));
        }
    }

    @Async
    static Coroutine<Object> flexibleConstructor() throws Exception {
        return Coroutine.of(await(new Flexible(await(step("argument", 4))).get()));
    }
}
