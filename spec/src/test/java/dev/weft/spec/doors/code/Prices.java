package dev.weft.spec.doors.code;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/** An interface with async methods that its classes inherit, and an own record. */
interface Prices {

    /** A price. */
    record Price(String name, long cents) {
        @Async
        static Coroutine<Price> of(String name) {
            await(sleep(Duration.ofMillis(1)));
            return Coroutine.of(new Price(name, name.length()));
        }

        @Async
        Coroutine<Price> plus(Price other) {
            long sum = cents + await(other.later()).cents;
            return Coroutine.of(new Price(name, sum));
        }

        @Async
        private Coroutine<Price> later() {
            await(sleep(Duration.ofMillis(cents)));
            return Coroutine.of(this);
        }
    }

    Coroutine<Price> find(String name);

    @Async
    default Coroutine<Price> sum(String... names) {
        Price sum = new Price("none", 0);
        for (String name : names) {
            sum = await(sum.plus(await(find(name))));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Price> cheaper(Price one, Price other) {
        await(sleep(Duration.ZERO));
        return one.cents <= other.cents ? one.later() : other.later();
    }
}
