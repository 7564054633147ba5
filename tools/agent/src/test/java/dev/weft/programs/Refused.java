package dev.weft.programs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.NotInstrumentedException;
import java.time.Duration;

/** Code that Weft refuses, and code that gives a warning. */
public final class Refused {
    private Refused() {}

    private static final class Locked {
        @Async
        static Coroutine<Void> waits(Object lock) {
            synchronized (lock) {
                await(sleep(Duration.ZERO));
            }
            return Coroutine.done();
        }
    }

    private static final class Careless {
        @Async
        static Coroutine<Void> drops() {
            sleep(Duration.ZERO);
            await(sleep(Duration.ZERO));
            return Coroutine.done();
        }
    }

    public static void main(String[] arguments) {
        try {
            run(Locked.waits(new Object()));
        } catch (NotInstrumentedException refused) {
            System.out.println(refused.getMessage());
        }
        try {
            run(Careless.drops());
            System.out.println("The careless method runs.");
        } catch (NotInstrumentedException refused) {
            System.out.println("The careless method is refused.");
        }
    }
}
