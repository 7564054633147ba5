package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/**
 * {@code await} in conditions: of {@code if}, of the conditional operator, short-circuit operators.
 */
public class Conditions {
    @Async
    static Coroutine<Object> ifs() throws Exception {
        if (await(step("first", true))) {
            log("yes");
        }
        if (!await(step("second", true))) {
            log("no");
        } else if (await(step("third", 3)) > 2 && await(step("fourth", 4)) < 3) {
            log("both");
        } else {
            log("else");
        }
        return Coroutine.of(null);
    }

    @Async
    static Coroutine<Object> shortCircuit() throws Exception {
        boolean a = await(step("a", false)) && await(step("never", true));
        boolean b = await(step("b", true)) || await(step("never", false));
        boolean c = await(step("c", true)) && (await(step("d", false)) || await(step("e", true)));
        boolean d = a | await(step("f", true)) & await(step("g", false)) ^ b;
        return Coroutine.of(new boolean[] {a, b, c, d});
    }

    @Async
    static Coroutine<Object> conditional() throws Exception {
        int i = await(step("a", true)) ? await(step("b", 1)) : await(step("c", 2));
        long l = i > 1 ? 1 : await(step("d", 2L));
        Object o = await(step("e", false)) ? "s" : await(step("f", true)) ? i : l;
        return Coroutine.of(new Object[] {i, l, o});
    }

    @Async
    static Coroutine<Object> conditionalOnTheStack() throws Exception {
        String s = "s";
        return Coroutine.of(
                s.substring(await(step("a", true)) ? 0 : 1)
                        .concat(s.isEmpty() ? "empty" : await(step("b", "b")))
                        .concat(await(step("c", 1)) == 1 ? "c" : "" + await(step("d", 'd'))));
    }

    @Async
    static Coroutine<Object> nulls() throws Exception {
        Object o = await(step("null", (Object) null));
        if (o == null && await(step("text", "t")) != null) {
            o = await(step("o", (Object) "o"));
        }
        return Coroutine.of(o);
    }

    @Async
    static Coroutine<Object> unboxingNull() throws Exception {
        int i = await(step("null", (Integer) null));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> wrongClass() throws Exception {
        @SuppressWarnings("unchecked")
        dev.weft.Awaitable<String> lie = (dev.weft.Awaitable<String>) (Object) step("int", 1);
        String s = await(lie);
        return Coroutine.of(s);
    }
}
