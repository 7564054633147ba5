package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.io.IOException;

/** {@code await} inside {@code try} and {@code catch}. */
public class TryCatch {
    @Async
    static Coroutine<Object> caught() throws Exception {
        try {
            return Coroutine.of(await(step("tried", 1)));
        } catch (Steps.Failure e) {
            return Coroutine.of("caught " + e.getMessage());
        }
    }

    @Async
    static Coroutine<Object> inHandler() throws Exception {
        String all = "";
        try {
            all += await(step("tried", "t"));
        } catch (Steps.Failure e) {
            all += await(step("handler", "h")) + e.getMessage();
            all += await(step("again", "a")) + e.getMessage();
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> severalHandlers() throws Exception {
        for (int i = 0; i < 4; i++) {
            try {
                await(step("tried", i));
                if (i == 2) {
                    return Coroutine.of("end");
                }
            } catch (Steps.Failure e) {
                log(e);
            } catch (IllegalStateException | LinkageError e) {
                log(e);
                await(step("multi"));
            }
        }
        return Coroutine.of("after");
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        String all = "";
        try {
            try {
                all += await(step("innermost", 1));
            } catch (Steps.Failure e) {
                all += await(step("inner handler", 2));
                throw new IOException("changed", e);
            }
            all += await(step("middle", 3));
        } catch (IOException | IllegalStateException e) {
            all += e.getMessage() + await(step("outer handler", 4));
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> rethrown() throws Exception {
        try {
            await(step("tried"));
        } catch (Throwable e) {
            log(e);
            await(step("before rethrow"));
            throw e;
        }
        return Coroutine.of("none");
    }

    @Async
    static Coroutine<Object> localsOfTheTryBlock() throws Exception {
        int i = 0;
        String s = "start";
        long l = 1;
        try {
            i = await(step("i", 1));
            s = "first";
            l += await(step("l", 2L));
            i = 2;
            s = await(step("s", "second"));
            l = 5;
        } catch (Steps.Failure | IllegalStateException e) {
            s += " in handler " + i + " " + l;
        }
        return Coroutine.of(i + s + l);
    }

    @Async
    static Coroutine<Object> assignedOnlyInOneOfThem() throws Exception {
        final String s;
        boolean failed = false;
        String t = null;
        try {
            t = await(step("t", "t"));
        } catch (LinkageError e) {
            failed = true;
        }
        s = failed ? "failed" : t;
        await(step("after"));
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> stackIsLostToTheHandler() throws Exception {
        int[] array = {1, 2};
        try {
            array[0] += Math.max(seen(5), await(step("value", 6)));
        } catch (Exception e) {
            array[1] = array[0] + await(step("in handler", 7));
        }
        return Coroutine.of(array);
    }

    @Async
    static Coroutine<Object> handlerInLoop() throws Exception {
        int failures = 0;
        for (int i = 0; i < 3; i++) {
            try {
                await(step("i" + i));
            } catch (Exception e) {
                failures += await(step("weight", 1));
                if (failures > 1) {
                    break;
                }
                continue;
            }
            log("no failure");
        }
        return Coroutine.of(failures);
    }

    @Async
    static Coroutine<Object> ofTheUsersOwn() throws Exception {
        try {
            int i = await(step("zero", 0));
            return Coroutine.of(1 / i);
        } catch (ArithmeticException e) {
            return Coroutine.of(e.getMessage() + await(step("handler", "h")));
        }
    }

    @Async
    static Coroutine<Object> emptyHandler() throws Exception {
        try {
            await(step("a"));
            await(step("b"));
        } catch (Throwable ignored) {
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> throwsInTry() throws Exception {
        try {
            throw new Steps.Failure(await(step("message", "m")));
        } catch (Steps.Failure e) {
            return Coroutine.of(e.getMessage());
        }
    }

    @Async
    static Coroutine<Object> threeDeep() throws Exception {
        StringBuilder all = new StringBuilder();
        try {
            try {
                try {
                    all.append(await(step("one", 1)));
                } catch (Steps.Failure e) {
                    all.append(e.getMessage()).append(await(step("two", 2)));
                }
            } catch (IllegalStateException e) {
                all.append(e.getMessage()).append(await(step("three", 3)));
            }
        } catch (LinkageError e) {
            all.append(e.getMessage()).append(await(step("four", 4)));
        }
        return Coroutine.of(all.toString());
    }
}
