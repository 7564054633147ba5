package properties;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.io.Serializable;
import java.time.Duration;

/** Serializable classes, with and without a version of their own. */
public class Saved implements Serializable {
    int number;
    private transient Object cache;

    static {
        System.getProperty("x");
    }

    public Saved(int number) {
        this.number = number;
    }

    @Async
    public Coroutine<Integer> next() {
        return Coroutine.of(number + await(sleep(Duration.ZERO, 1)));
    }

    @Async
    private Coroutine<Integer> hidden() {
        return Coroutine.of(number + await(sleep(Duration.ZERO, 1)));
    }

    static class Versioned implements Serializable {
        private static final long serialVersionUID = 42;

        @Async
        Coroutine<Integer> next() {
            return Coroutine.of(await(sleep(Duration.ZERO, 1)));
        }
    }

    public interface Contract extends Serializable {
        @Async
        default Coroutine<Integer> next() {
            return Coroutine.of(await(sleep(Duration.ZERO, 1)));
        }
    }

    static class Implementing implements Contract, Serializable {
        @Async
        Coroutine<Integer> other() {
            return Coroutine.of(await(next()));
        }
    }
}
