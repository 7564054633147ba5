package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Locals of every kind live across {@code await}; slots used again for other types. */
public class Locals {
    @Async
    static Coroutine<Object> everyPrimitive() throws Exception {
        boolean z = true;
        byte b = -1;
        short s = -2;
        char c = '\uffff';
        int i = Integer.MIN_VALUE;
        long j = Long.MIN_VALUE;
        float f = Float.NaN;
        double d = -0.0;
        await(step("one"));
        z = !z;
        b += 1;
        s -= 1;
        c--;
        i--;
        j--;
        f = -f;
        d = 1 / d;
        await(step("two"));
        return Coroutine.of(new Object[] {z, b, s, c, i, j, f, d});
    }

    @Async
    static Coroutine<Object> everyResult() throws Exception {
        boolean z = await(step("boolean", true));
        byte b = await(step("byte", (byte) 1));
        short s = await(step("short", (short) 2));
        char c = await(step("char", '3'));
        int i = await(step("int", 4));
        long j = await(step("long", 5L));
        float f = await(step("float", 6f));
        double d = await(step("double", 7d));
        String o = await(step("String", "8"));
        return Coroutine.of(new Object[] {z, b, s, c, i, j, f, d, o});
    }

    @Async
    static Coroutine<Object> wideOnes() throws Exception {
        long a = 1;
        double b = 2;
        int between = 3;
        long c = await(step("c", 4L));
        double d = a + b + between + c;
        d += await(step("d", 5d)) * c;
        return Coroutine.of(new Object[] {a, b, between, c, d});
    }

    @Async
    static Coroutine<Object> slotsUsedAgain() throws Exception {
        String all = "";
        {
            int i = 1;
            all += i + await(step("int", 1));
            all += i;
        }
        {
            String s = "s";
            all += s + await(step("String", "t"));
            all += s;
        }
        {
            long l = 5;
            all += l + await(step("long", 6L));
            all += l;
        }
        {
            double d = 7;
            all += d + await(step("double", 8d));
            all += d;
        }
        {
            int[] a = {9};
            all += a[0] + await(step("array", 10));
            all += a[0];
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> slotsUsedAgainInLoop() throws Exception {
        Object last = null;
        for (int i = 0; i < 4; i++) {
            if (i % 2 == 0) {
                long l = await(step("long", 10L + i));
                await(step("even"));
                last = l;
            } else {
                String s = await(step("String", "s" + i));
                Object o = last;
                await(step("odd"));
                last = s + o;
            }
        }
        return Coroutine.of(last);
    }

    @Async
    static Coroutine<Object> nulls() throws Exception {
        Object o = null;
        String s = null;
        int[] a = null;
        await(step("one"));
        if (o == null && s == null) {
            s = await(step("two", "s"));
            a = new int[] {1};
        }
        await(step("three"));
        o = s;
        return Coroutine.of(new Object[] {o, s, a});
    }

    @Async
    static Coroutine<Object> nullOfSeveralTypes() throws Exception {
        String s = null;
        Integer i = null;
        boolean yes = await(step("yes", true));
        Object o = yes ? s : i;
        log(o);
        s = yes ? null : "x";
        await(step("again"));
        String t = s == null ? "null" : s.concat("y");
        return Coroutine.of(t);
    }

    @Async
    static Coroutine<Object> nullOnTheStack() throws Exception {
        return Coroutine.of(
                java.util.Arrays.asList(null, await(step("a", 1)), null, await(step("b", 2))));
    }

    @Async
    static Coroutine<Object> constants() throws Exception {
        final int five = 5;
        final long wide = 1L << 33;
        final String text = "text";
        int zero = 0;
        float two = 2f;
        await(step("one"));
        log(five + wide + text + zero + two);
        zero++;
        await(step("two"));
        return Coroutine.of(text + zero);
    }

    @Async
    static Coroutine<Object> constantInOneBranch() throws Exception {
        int i = 1;
        String s = "a";
        if (await(step("branch", true))) {
            i = 2;
            s = "b";
        }
        await(step("merge"));
        while (i < 4) {
            await(step("loop", i));
            i++;
            s = s + i;
        }
        return Coroutine.of(i + s);
    }

    @Async
    static Coroutine<Object> commonSuperclass() throws Exception {
        Number n;
        if (await(step("branch", true))) {
            n = Integer.valueOf(1);
        } else {
            n = Long.valueOf(2);
        }
        await(step("merged"));
        return Coroutine.of(n.intValue() + await(step("more", 1)));
    }

    @Async
    static Coroutine<Object> commonInterface() throws Exception {
        Comparable<?> c = await(step("branch", false)) ? (Comparable<?>) "s" : (Comparable<?>) 5;
        CharSequence s = await(step("other", true)) ? "text" : new StringBuilder("b");
        await(step("merged"));
        return Coroutine.of(c + " " + s.length());
    }

    @Async
    static Coroutine<Object> declaredWithoutValue() throws Exception {
        int i;
        String s;
        await(step("one"));
        if (await(step("branch", true))) {
            i = 1;
            s = "a";
        } else {
            i = await(step("two", 2));
            s = "b";
        }
        await(step("three"));
        return Coroutine.of(i + s);
    }

    @Async
    static Coroutine<Object> parameters() throws Exception {
        return Coroutine.of(
                await(take(true, (byte) 1, (short) 2, '3', 4, 5L, 6f, 7d, "8", new int[] {9})));
    }

    @Async
    private static Coroutine<Object> take(
            boolean z, byte b, short s, char c, int i, long j, float f, double d, String o, int[] a)
            throws Exception {
        log(z);
        await(step("one"));
        i++;
        j += b + s;
        a[0]++;
        o = o + c;
        await(step("two"));
        return Coroutine.of(new Object[] {z, b, s, c, i, j, f, d, o, a});
    }

    @Async
    static Coroutine<Object> deadParameters() throws Exception {
        return Coroutine.of(await(dead("gone", 1L, 2)) + await(dead("gone", 3L, 4)));
    }

    @Async
    private static Coroutine<Integer> dead(String unused, long overwritten, int used)
            throws Exception {
        overwritten = await(step("a", 5L));
        unused = "again";
        await(step("b"));
        return Coroutine.of(used + (int) overwritten + unused.length());
    }
}
