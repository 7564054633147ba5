package dev.weft.programs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;
import java.util.concurrent.Callable;

/** An async method of a class, of an interface and of a lambda; several class loaders load this. */
public final class Shop implements Callable<Integer> {

    /** An interface with an async default method. */
    interface Priced {
        int price();

        @Async
        default Coroutine<Integer> twice() {
            int price = price();
            await(sleep(Duration.ZERO));
            return Coroutine.of(2 * price);
        }
    }

    private int sold = 2;

    @Override
    public Integer call() {
        Priced priced = () -> 10;
        return run(
                () -> {
                    int twice = await(priced.twice());
                    return Coroutine.of(twice + await(sell(1)));
                });
    }

    @Async
    private Coroutine<Integer> sell(int number) {
        await(sleep(Duration.ZERO));
        sold += number;
        return Coroutine.of(sold);
    }
}
