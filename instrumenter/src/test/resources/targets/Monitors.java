package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Monitors are fine as long as no {@code await} happens while one is held. */
public class Monitors {
    private static final Object LOCK = new Object();

    @Async
    private static Coroutine<Integer> other() throws Exception {
        return Coroutine.of(await(step("other", 4)));
    }

    @Async
    static Coroutine<Object> between() throws Exception {
        int i = await(step("before", 1));
        synchronized (LOCK) {
            i += 10;
        }
        i += await(step("between", 2));
        synchronized (LOCK) {
            if (i > 5) {
                log("held");
            }
        }
        return Coroutine.of(i + await(step("after", 3)));
    }

    @Async
    static Coroutine<Object> leftByReturn() throws Exception {
        await(step("before"));
        synchronized (LOCK) {
            return Coroutine.of("from inside");
        }
    }

    @Async
    static Coroutine<Object> leftByException() throws Exception {
        Object lock = await(step("lock", new Object()));
        try {
            synchronized (lock) {
                throw new Steps.Failure("from inside");
            }
        } catch (Steps.Failure e) {
            return Coroutine.of(e.getMessage() + await(step("handler", 1)));
        }
    }

    @Async
    static Coroutine<Integer> tailFromInside() throws Exception {
        await(step("before"));
        synchronized (LOCK) {
            return other();
        }
    }

    @Async
    static Coroutine<Object> inLoop() throws Exception {
        int i = 0;
        while (true) {
            synchronized (LOCK) {
                if (++i > 2) {
                    break;
                }
            }
            await(step("turn", i));
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> madeInside() throws Exception {
        dev.weft.AsyncCallable<Object> body;
        synchronized (LOCK) {
            body = () -> Coroutine.of(await(step("a lambda is not run where it stands", 1)));
        }
        return Coroutine.of(await(body.call()));
    }
}
