package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code await} as a statement. */
public class Statements {
    @Async
    static Coroutine<Void> nothingElse() throws Exception {
        await(step("only"));
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> between() throws Exception {
        log("before");
        await(step("a"));
        log("between");
        await(step("b"));
        log("after");
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Integer> atTheEnd() throws Exception {
        return Coroutine.of(await(step("last", 7)));
    }

    @Async
    static Coroutine<Integer> noAwait() {
        log("runs");
        return Coroutine.of(3);
    }

    @Async
    static Coroutine<Integer> inDeadBranches() throws Exception {
        int i = 1;
        if (i == 2) {
            i = await(step("never", 5));
        }
        while (i < 0) {
            await(step("never either"));
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Integer> throwsAtOnce() throws Exception {
        int i = await(step("a", 1));
        if (i == 1) {
            throw new Steps.Failure("thrown");
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Integer> endless() throws Exception {
        for (int i = 0; ; i++) {
            if (await(step("turn", i)) == 3) {
                return Coroutine.of(i);
            }
        }
    }

    @Async
    static Coroutine<Integer> onlyThrows() throws Exception {
        throw new Steps.Failure(await(step("message", "no result at all")));
    }
}
