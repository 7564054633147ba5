import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;

import targets.Steps;

/** A class without a package. */
public class WithoutPackage {
    private int i = 1;

    @Async
    Coroutine<Integer> plus(int n) throws Exception {
        i += Weft.await(Steps.step("n", n));
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> plain() throws Exception {
        WithoutPackage it = new WithoutPackage();
        return Coroutine.of(Weft.await(it.plus(1)) + Weft.await(it.plus(2)));
    }
}
