package targets;

import static dev.weft.Weft.await;

import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** String concatenation, text blocks. */
public class Strings {
    static int calls;

    static int call() {
        return seen(++calls);
    }

    @Async
    static Coroutine<String> operands() throws Exception {
        calls = 0;
        return Coroutine.of(
                "a"
                        + call()
                        + await(step("one", 1))
                        + 'c'
                        + call()
                        + await(step("two", 2L))
                        + 1.5f
                        + null);
    }

    @Async
    static Coroutine<String> first() throws Exception {
        return Coroutine.of(await(step("one", "x")) + await(step("two", (Object) null)));
    }

    @Async
    static Coroutine<String> nested() throws Exception {
        return Coroutine.of(
                "a" + ("b" + await(step("one", 1)) + ("c" + await(step("two", 2)))) + "d");
    }

    @Async
    static Coroutine<String> append() throws Exception {
        String s = "s";
        s += await(step("one", 1));
        s += "-" + await(step("two", 2)) + s;
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<String> appendToElement() throws Exception {
        calls = 0;
        String[] all = {"x", "y", "z"};
        all[call()] += await(step("one", 1)) + all[call()];
        return Coroutine.of(String.join(",", all));
    }

    @Async
    static Coroutine<String> textBlock() throws Exception {
        String s =
                """
                lines
                  of "text"
                """
                        + await(step("one", 1));
        return Coroutine.of(s);
    }
}
