package dev.weft.programs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

/** A class with async methods that JaCoCo instruments and Mockito changes after its loading. */
public final class Mocked {
    private Mocked() {}

    static class Stock {
        @Async
        final Coroutine<Integer> amount(int base) {
            await(sleep(Duration.ZERO));
            return Coroutine.of(base + 1);
        }

        @Async
        static Coroutine<Integer> fixed() {
            await(sleep(Duration.ZERO));
            return Coroutine.of(5);
        }
    }

    public static void main(String[] arguments) {
        System.out.println("real: " + run(new Stock().amount(1)));
        Stock mock = Mockito.mock(Stock.class);
        Mockito.doReturn(Coroutine.of(40)).when(mock).amount(1);
        System.out.println("mocked: " + run(mock.amount(1)));
        Stock spied = Mockito.spy(new Stock());
        System.out.println("spied: " + run(spied.amount(2)));
        try (MockedStatic<Stock> mocked = Mockito.mockStatic(Stock.class)) {
            mocked.when(() -> Stock.fixed()).thenReturn(Coroutine.of(50));
            System.out.println("mocked: " + run(Stock.fixed()));
        }
        System.out.println("real: " + run(Stock.fixed()));
    }
}
