package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code await} with other values on the operand stack below it. */
public class OperandStack {
    int field = 4;
    long wide = 5;
    static double shared = 1.5;

    static String six(int i, long l, float f, double d, String s, Object o) {
        return i + " " + l + " " + f + " " + d + " " + s + " " + o;
    }

    String of(String s, int i) {
        return s + i + field;
    }

    @Async
    static Coroutine<String> arguments() throws Exception {
        return Coroutine.of(
                six(
                        seen(1),
                        await(step("long", 2L)),
                        seen(3f),
                        await(step("double", 4d)),
                        seen("five"),
                        await(step("object", (Object) "six"))));
    }

    @Async
    static Coroutine<String> receiver() throws Exception {
        OperandStack target = new OperandStack();
        return Coroutine.of(target.of(await(step("s", "x")), await(step("i", 1))));
    }

    @Async
    static Coroutine<Integer> nested() throws Exception {
        return Coroutine.of(
                Math.max(
                        Math.min(seen(10), await(step("a", 8))),
                        Math.max(await(step("b", 3)), Math.abs(await(step("c", -9))))));
    }

    @Async
    static Coroutine<Long> arithmetic() throws Exception {
        int i = 7;
        long l = 1L << 40;
        return Coroutine.of(i * l - await(step("a", 2)) * (l + await(step("b", 3L))) % (i + 1));
    }

    @Async
    static Coroutine<Double> doubles() throws Exception {
        double d = 0.5;
        return Coroutine.of(d + d * await(step("a", 2.5)) - (d - await(step("b", 1.25f))));
    }

    @Async
    static Coroutine<Object[]> fields() throws Exception {
        OperandStack target = new OperandStack();
        target.field = await(step("int", 11));
        target.wide = target.field + await(step("long", 12L));
        shared = shared * 2 + await(step("double", 13d));
        return Coroutine.of(new Object[] {target.field, target.wide, shared});
    }

    @Async
    static Coroutine<int[]> elements() throws Exception {
        int[] array = new int[3];
        array[seen(0)] = await(step("first", 1));
        array[await(step("index", 1))] = seen(2);
        array[await(step("at", 2))] = array[await(step("from", 0))] + await(step("plus", 5));
        return Coroutine.of(array);
    }

    @Async
    static Coroutine<Object> casts() throws Exception {
        Object o = await(step("o", (Object) "text"));
        return Coroutine.of(((String) o).concat((String) await(step("p", o))));
    }

    @Async
    static Coroutine<Object> chains() throws Exception {
        return Coroutine.of(
                new StringBuilder(await(step("a", "a")))
                        .append(await(step("b", 1)))
                        .append(await(step("c", 2L)))
                        .insert(0, await(step("d", 'd')))
                        .append(new char[] {await(step("e", 'e'))})
                        .toString());
    }

    @Async
    static Coroutine<Boolean> comparisons() throws Exception {
        long l = 5;
        boolean less = l < await(step("a", 6L));
        boolean same = "x" == await(step("b", "x"));
        return Coroutine.of(less == (same != await(step("c", false))));
    }

    @Async
    static Coroutine<Object> assignments() throws Exception {
        int a;
        int b;
        int c = a = b = await(step("chained", 3));
        Object[] boxes = new Object[1];
        Object last = boxes[0] = await(step("element", "e"));
        return Coroutine.of(a + b + c + " " + last + boxes[0]);
    }

    @Async
    static Coroutine<Object> dropped() throws Exception {
        Object[] all = {1};
        log(all[await(step("index", 0))]);
        new OperandStack().of(await(step("s", "s")), 1);
        return Coroutine.of(null);
    }

    @Async
    static Coroutine<Object> outOfBounds() throws Exception {
        int[] array = new int[1];
        array[await(step("index", 1))] = await(step("evaluated first", 2));
        return Coroutine.of(array);
    }

    @Async
    static Coroutine<Object> divisionByZero() throws Exception {
        return Coroutine.of(await(step("a", 1)) / await(step("b", 0)));
    }
}
