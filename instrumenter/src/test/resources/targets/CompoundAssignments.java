package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Compound assignment reads its left side before {@code await}, and writes it after. */
public class CompoundAssignments {
    int field = 1;
    static long shared;
    static int calls;

    CompoundAssignments self() {
        log("self");
        return this;
    }

    static int i() {
        return seen(calls++);
    }

    @Async
    static Coroutine<Object> locals() throws Exception {
        int i = 10;
        i += await(step("plus", 5));
        i -= await(step("minus", 3));
        i *= await(step("times", 4));
        i /= await(step("by", 7));
        i %= await(step("modulo", 4));
        i <<= await(step("left", 5));
        i |= await(step("or", 3));
        i ^= await(step("xor", 9));
        i &= await(step("and", 0xff));
        i >>= await(step("right", 1));
        i >>>= await(step("unsigned", 1));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> changedMeanwhile() throws Exception {
        int i = 1;
        i += await(step("a", i = 10)) + i;
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> narrowing() throws Exception {
        byte b = 100;
        b += await(step("byte", 100));
        short s = 30_000;
        s += await(step("short", 30_000));
        char c = 'a';
        c += await(step("char", 1));
        int i = 5;
        i += await(step("double", 1.7));
        float f = 1;
        f *= await(step("long", 3L));
        return Coroutine.of(new Object[] {b, s, c, i, f});
    }

    @Async
    static Coroutine<Object> elements() throws Exception {
        calls = 0;
        int[] a = {1, 2, 3};
        a[i()] += await(step("first", 10));
        a[i()] -= await(step("second", 20)) - a[i()];
        long[] l = {1};
        l[await(step("index", 0))] <<= await(step("by", 40));
        double[] d = {1};
        d[0] /= await(step("half", 2));
        byte[] b = {127};
        b[0] += await(step("one", 1));
        return Coroutine.of(new Object[] {a, l, d, b});
    }

    @Async
    static Coroutine<Object> fields() throws Exception {
        CompoundAssignments it = new CompoundAssignments();
        shared = 7;
        it.self().field += await(step("field", 2));
        shared *= await(step("shared", 3L));
        it.self().self().field <<= await(step("shift", 1));
        return Coroutine.of(it.field + shared);
    }

    @Async
    static Coroutine<Object> increments() throws Exception {
        int[] a = {1, 2, 3};
        int old = a[await(step("post", 1))]++;
        int now = ++a[await(step("pre", 2))];
        long[] l = {5};
        long before = l[await(step("long", 0))]--;
        return Coroutine.of(new Object[] {old, now, before, a, l});
    }

    @Async
    static Coroutine<Object> boxes() throws Exception {
        Integer i = 5;
        i += await(step("int", 6));
        Long l = 7L;
        l -= await(step("long", 8L));
        Boolean z = true;
        z &= await(step("boolean", false));
        return Coroutine.of(new Object[] {i, l, z});
    }

    @Async
    static Coroutine<Object> asExpression() throws Exception {
        int i = 1;
        int j = (i += await(step("a", 2))) * (i *= await(step("b", 3)));
        return Coroutine.of(new int[] {i, j});
    }
}
