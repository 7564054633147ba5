package properties;

import dev.weft.Coroutine;
import dev.weft.Weft;

/** Uses Weft, and has nothing to compile. */
public class Plain {
    static int go(Coroutine<Integer> main) {
        return Weft.run(main);
    }

    static Coroutine<String> ready() {
        return Coroutine.of("ready");
    }
}
