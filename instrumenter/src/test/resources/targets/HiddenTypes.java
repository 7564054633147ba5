package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import targets.elsewhere.Hidden;

/** Values with a type that this class cannot name, and so must not cast to. */
public class HiddenTypes {
    @Async
    static Coroutine<Object> onTheStack() throws Exception {
        return Coroutine.of(Hidden.open(Hidden.secret("s"), await(step("with", 1))));
    }

    @Async
    static Coroutine<Object> inLocal() throws Exception {
        var secret = Hidden.secret("s");
        await(step("one"));
        String first = Hidden.open(secret, 1);
        await(step("two"));
        return Coroutine.of(first + Hidden.open(secret, await(step("with", 2))));
    }

    @Async
    static Coroutine<Object> inArray() throws Exception {
        var secrets = Hidden.secrets("a", "b");
        int count = 0;
        for (int i = 0; i < 2; i++) {
            count += Hidden.count(secrets) + await(step("turn", i));
        }
        return Coroutine.of(count);
    }

    @Async
    static Coroutine<Object> merged() throws Exception {
        var secret = Hidden.secret("first");
        while (await(step("more", false))) {
            secret = Hidden.secret("next");
        }
        return Coroutine.of(Hidden.open(secret, await(step("with", 3))));
    }

    @Async
    static Coroutine<Object> interfaces() throws Exception {
        var cell = Hidden.cell();
        await(step("one"));
        return Coroutine.of(Hidden.cell(cell));
    }

    @Async
    static Coroutine<Object> intersection() throws Exception {
        var either = await(step("which", true)) ? "text" : Integer.valueOf(5);
        await(step("one"));
        return Coroutine.of(
                either.compareTo(null == either ? null : cast(either)) + either.toString());
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object o) {
        return (T) o;
    }
}
