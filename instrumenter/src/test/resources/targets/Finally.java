package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code await} in {@code finally}, and beside it. */
public class Finally {
    @Async
    static Coroutine<Object> plain() throws Exception {
        try {
            await(step("tried"));
        } finally {
            log("finally");
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> awaiting() throws Exception {
        String s = "";
        try {
            s += await(step("tried", "t"));
        } finally {
            s += await(step("finally", "f"));
            log(s);
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> returnedValueIsEvaluatedFirst() throws Exception {
        int i = 1;
        try {
            return Coroutine.of(i + await(step("tried", 1)));
        } finally {
            i = 100 + await(step("finally", 1));
            log(i);
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<Object> returning() throws Exception {
        try {
            await(step("tried"));
            return Coroutine.of("tried");
        } finally {
            return Coroutine.of("finally " + await(step("finally", "f")));
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<Object> throwing() throws Exception {
        try {
            await(step("tried"));
        } finally {
            throw new Steps.Failure("from finally " + await(step("finally", "f")));
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<Object> leavingByBreak() throws Exception {
        int i = 0;
        while (true) {
            try {
                i += await(step("tried", 1));
                throw new Steps.Failure("lost");
            } finally {
                if (await(step("leave", i)) < 5) {
                    break;
                }
            }
        }
        return Coroutine.of(i);
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<Object> goingOnByContinue() throws Exception {
        int i = 0;
        for (; i < 2; i++) {
            try {
                await(step("tried"));
                return Coroutine.of("lost");
            } finally {
                await(step("finally"));
                continue;
            }
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> withCatch() throws Exception {
        String all = "";
        try {
            all += await(step("tried", 1));
        } catch (Steps.Failure e) {
            all += await(step("handler", 2));
        } finally {
            all += await(step("finally", 3));
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        StringBuilder all = new StringBuilder();
        try {
            try {
                all.append(await(step("inner", 1)));
            } finally {
                try {
                    all.append(await(step("in finally", 2)));
                } catch (Exception e) {
                    all.append(e.getMessage()).append(await(step("handler in finally", 3)));
                } finally {
                    all.append(await(step("finally in finally", 4)));
                }
            }
        } finally {
            log(all);
        }
        return Coroutine.of(all.toString());
    }

    @Async
    static Coroutine<Object> severalExits() throws Exception {
        for (int i = 0; ; i++) {
            try {
                switch (await(step("way", i))) {
                    case 0:
                        continue;
                    case 1:
                        break;
                    case 2:
                        return Coroutine.of("returned " + i);
                    default:
                        throw new Steps.Failure("never");
                }
            } finally {
                await(step("finally " + i));
            }
        }
    }

    @Async
    static Coroutine<Object> readsLocalsOfTheTryBlock() throws Exception {
        int i = 0;
        long[] l = null;
        try {
            i = await(step("i", 1));
            l = new long[] {i};
            l[0] += await(step("l", 2L));
        } finally {
            log(i);
            log(l);
        }
        return Coroutine.of(l);
    }

    @Async
    static Coroutine<Object> returnsVoid() throws Exception {
        try {
            await(step("tried"));
            return Coroutine.of(null);
        } finally {
            await(step("finally"));
        }
    }
}
