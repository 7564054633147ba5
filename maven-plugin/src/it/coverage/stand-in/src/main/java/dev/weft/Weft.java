package dev.weft;

import java.time.Duration;

public final class Weft {
    private Weft() {}

    public static <T> T await(Coroutine<T> coroutine) {
        return coroutine.value;
    }

    public static Coroutine<Void> sleep(Duration delay) {
        return Coroutine.done();
    }

    public static <T> T run(AsyncCallable<T> main) {
        try {
            return main.call().value;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
