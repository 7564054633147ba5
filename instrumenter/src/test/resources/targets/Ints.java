package targets;

import static dev.weft.Weft.await;
import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;

/** Results of type {@code int}, boxed and unboxed, of async methods that suspend or not. */
public class Ints {
    @Async
    private static Coroutine<Integer> atOnce(int i) {
        return Coroutine.of(i);
    }

    @Async
    private static Coroutine<Integer> maybeLater(int i) throws Exception {
        return Coroutine.of(i + await(step("later", 0)));
    }

    @Async
    private static Coroutine<Integer> boxed(Integer i) {
        return Coroutine.of(i);
    }

    @Async
    private static <T> Coroutine<T> generic(T value) {
        return Coroutine.of(value);
    }

    @Async
    private static Coroutine<Integer> tail(int i) throws Exception {
        return i % 2 == 0 ? atOnce(i) : maybeLater(i);
    }

    @Async
    private static Coroutine<Integer> seven() {
        return Coroutine.of(7);
    }

    /** Without debug information, the call is the first instruction. */
    @Async
    private static Coroutine<Integer> onlyTail() {
        return seven();
    }

    @Async
    static Coroutine<Object> tailAsObject() throws Exception {
        Object seven = await(onlyTail());
        log(seven);
        return Coroutine.of(seven);
    }

    @Async
    private static Coroutine<Integer> throwing(int i) throws Exception {
        if (i > 1) {
            throw new Steps.Failure("odd");
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Integer> extremes() throws Exception {
        log(await(atOnce(Integer.MIN_VALUE)));
        log(await(maybeLater(Integer.MAX_VALUE)));
        int i = await(atOnce(-1)) + await(maybeLater(0)) * await(atOnce(1_000_000));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> asObjects() throws Exception {
        Object a = await(atOnce(5));
        Integer b = await(maybeLater(6));
        Object[] c = {await(atOnce(127)), await(atOnce(128)), a.equals(5)};
        return Coroutine.of(new Object[] {a, b, c, a.getClass()});
    }

    @Async
    static Coroutine<Object> nullIsNoInt() throws Exception {
        await(boxed(null));
        log(await(boxed(null)));
        try {
            int i = await(boxed(null));
            return Coroutine.of(i);
        } catch (NullPointerException e) {
            return Coroutine.of("null" + await(step("handler", 1)));
        }
    }

    @Async
    static Coroutine<Object> throughGenericMethods() throws Exception {
        int i = await(generic(7));
        Integer j = await(generic(i + await(atOnce(1))));
        Awaitable<Integer> any = atOnce(9);
        AsyncCallable<Integer> body = () -> Coroutine.of(await(atOnce(10)) + 1);
        return Coroutine.of(i + j + await(any) + await(body.call()));
    }

    @Async
    static Coroutine<Object> throughTails() throws Exception {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum = sum * 10 + await(tail(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> onTheStack() throws Exception {
        long l = 1L << 40;
        return Coroutine.of(
                l
                        + Math.max(await(atOnce(1)), await(maybeLater(2)))
                        + new int[] {await(atOnce(3)), await(maybeLater(4))}[await(atOnce(1))]);
    }

    @Async
    static Coroutine<Object> lost() throws Exception {
        await(atOnce(1));
        await(maybeLater(2));
        int i = await(atOnce(3));
        return Coroutine.of(await(atOnce(4)).hashCode() + i);
    }

    @Async
    static Coroutine<Object> failing() throws Exception {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            try {
                sum += await(throwing(i));
            } catch (Steps.Failure e) {
                sum += 10 + await(maybeLater(i));
            } finally {
                sum += await(atOnce(100));
            }
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Integer> inTry() throws Exception {
        try {
            return Coroutine.of(await(maybeLater(1)) + 1);
        } finally {
            log(await(atOnce(2)));
        }
    }

    @Async
    private static Coroutine<Integer> fibonacci(int n) throws Exception {
        return n < 2
                ? Coroutine.of(n)
                : Coroutine.of(await(fibonacci(n - 1)) + await(fibonacci(n - 2)));
    }

    @Async
    static Coroutine<Object> recursive() throws Exception {
        return Coroutine.of(await(fibonacci(12)) + await(step("end", 1)));
    }

    @Async
    static Coroutine<Object> narrow() throws Exception {
        char c = (char) (int) await(atOnce('x'));
        short s = (short) (await(atOnce(70_000)) + 0);
        boolean z = await(atOnce(1)) == 1;
        return Coroutine.of(new Object[] {c, s, z});
    }
}
