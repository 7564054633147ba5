package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.util.List;
import java.util.Map;

/** {@code var}, records, sealed types, patterns of {@code instanceof}, {@code assert}. */
public class Modern {
    sealed interface Shape permits Circle, Rectangle {}

    record Circle(double radius) implements Shape {}

    record Rectangle(int width, int height) implements Shape {
        Rectangle {
            assert width > 0 : "width " + width;
        }
    }

    @Async
    static Coroutine<Double> area(Shape shape) throws Exception {
        if (shape instanceof Circle circle) {
            await(step("circle"));
            return Coroutine.of(3 * circle.radius() * circle.radius());
        }
        if (shape instanceof Rectangle r && r.width() > await(step("more than", 1))) {
            return Coroutine.of((double) r.width() * await(step("height", r.height())));
        }
        return Coroutine.of(-1d);
    }

    @Async
    static Coroutine<Object> sealedTypes() throws Exception {
        return Coroutine.of(await(area(new Circle(2))) + await(area(new Rectangle(2, 3))));
    }

    @Async
    static Coroutine<Object> negatedPattern() throws Exception {
        Object o = await(step("o", (Object) "text"));
        if (!(o instanceof String s) || await(step("never mind", false))) {
            return Coroutine.of("no string");
        }
        await(step("between"));
        return Coroutine.of(s.length() + await(step("plus", 1)));
    }

    @Async
    static Coroutine<Object> inferred() throws Exception {
        var map = Map.of("k", List.of(1, 2));
        var sum = 0L;
        for (var entry : map.entrySet()) {
            for (var i : entry.getValue()) {
                sum += i * await(step(entry.getKey(), 2));
            }
        }
        var anonymous =
                new Object() {
                    int count = 4;
                };
        anonymous.count += await(step("anonymous", 1));
        return Coroutine.of(sum + anonymous.count);
    }

    @Async
    static Coroutine<Object> asserts() throws Exception {
        int i = await(step("i", 1));
        assert i == await(step("one", 1)) : "message " + await(step("never", 0));
        assert i == await(step("two", 2)) : "message " + await(step("message", 3));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> recordInvariant() throws Exception {
        return Coroutine.of(new Rectangle(await(step("width", -1)), await(step("height", 1))));
    }

    @Async
    static Coroutine<Object> localRecordAndEnum() throws Exception {
        record Pair(Object a, Object b) {}
        enum Way {
            UP,
            DOWN
        }
        Way way = await(step("way", Way.DOWN));
        return Coroutine.of(new Pair(way, await(step("b", way.ordinal()))));
    }
}
