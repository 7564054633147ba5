package targets.elsewhere;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** A superclass in another package, whose members are protected. */
public class Base {
    protected int number = 5;
    protected static String shared = "shared";

    protected Base() {}

    @Async
    protected Coroutine<Integer> scaled(int by) throws Exception {
        return Coroutine.of(number * await(step("scaled", by)));
    }

    protected int plain(int i) {
        return i + number;
    }

    protected static String ofClass(String s) {
        return s + shared;
    }

    protected class Part {
        protected int part = 9;

        public Part() {}

        public int part() {
            return part;
        }
    }
}
