package targets;

import static dev.weft.Weft.await;

import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Array initialisers, arrays of every kind, and indexing. */
public class ArrayKinds {
    @Async
    static Coroutine<int[]> initialiser() throws Exception {
        return Coroutine.of(new int[] {1, await(step("b", 2)), 3, await(step("d", 4))});
    }

    @Async
    static Coroutine<Object[]> everyKind() throws Exception {
        return Coroutine.of(
                new Object[] {
                    new boolean[] {true, await(step("boolean", true))},
                    new byte[] {1, await(step("byte", (byte) 2))},
                    new short[] {1, await(step("short", (short) 2))},
                    new char[] {'a', await(step("char", 'b'))},
                    new long[] {1, await(step("long", 2L))},
                    new float[] {1, await(step("float", 2f))},
                    new double[] {1, await(step("double", 2d))},
                    new String[] {"a", await(step("String", "b"))},
                });
    }

    @Async
    static Coroutine<Object> dimensions() throws Exception {
        int[][] all = new int[await(step("rows", 2))][await(step("columns", 3))];
        all[1][await(step("at", 2))] = 7;
        String[][][] open = new String[await(step("first", 1))][][];
        return Coroutine.of(new Object[] {all, open});
    }

    @Async
    static Coroutine<Object> nestedInitialiser() throws Exception {
        int[][] all = {{1, await(step("a", 2))}, {}, {await(step("b", 3))}};
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> liveAcross() throws Exception {
        boolean[] z = {true};
        byte[] b = {1};
        short[] s = {2};
        char[] c = {'c'};
        int[] i = {3};
        long[] j = {4};
        float[] f = {5};
        double[] d = {6};
        Object[] o = {"o"};
        String[][] deep = {{"deep"}};
        await(step("all are live"));
        z[0] ^= true;
        b[0]++;
        s[0]--;
        c[0] += 1;
        i[0] <<= 2;
        j[0] *= 2;
        f[0] /= 2;
        d[0] -= 1;
        o[0] = deep[0][0];
        deep[0] = new String[] {"new"};
        return Coroutine.of(new Object[] {z, b, s, c, i, j, f, d, o, deep});
    }

    @Async
    static Coroutine<Object> varargs() throws Exception {
        return Coroutine.of(
                String.format("%s %s %s", await(step("a", 1)), seen(2), await(step("b", "x"))));
    }

    @Async
    static Coroutine<Object> negativeSize() throws Exception {
        return Coroutine.of(new int[await(step("size", -1))]);
    }

    @Async
    static Coroutine<Object> lengthAndClone() throws Exception {
        int[] array = await(step("array", new int[] {1, 2})).clone();
        array[array.length - await(step("minus", 1))] = 9;
        return Coroutine.of(array);
    }

    @Async
    static Coroutine<Object> wrongElement() throws Exception {
        Object[] strings = new String[1];
        strings[0] = await(step("an integer", (Object) 1));
        return Coroutine.of(strings);
    }
}
