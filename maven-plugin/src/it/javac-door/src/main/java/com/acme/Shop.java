package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import java.time.Duration;
import lombok.Builder;
import lombok.Cleanup;
import lombok.Getter;
import lombok.NonNull;
import lombok.SneakyThrows;
import lombok.Value;
import lombok.val;

/** Async methods of which Lombok writes parts. */
public class Shop {

    @Value
    @Builder
    static class Order {
        String name;
        int amount;

        @Async
        Coroutine<Integer> price() {
            return Coroutine.of(getAmount() * await(later(7)));
        }
    }

    /** Says when its close begins and ends. */
    static class Connection implements AsyncCloseable {
        @Getter private final String name;
        private final boolean fails;

        Connection(String name, boolean fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            System.out.println("closing " + name);
            await(sleep(Duration.ofMillis(1)));
            System.out.println("closed " + name);
            if (fails) {
                throw new IllegalStateException("close of " + name);
            }
            return Coroutine.done();
        }
    }

    @Async
    static <T> Coroutine<T> later(T value) {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), value)));
    }

    @Async
    static Coroutine<String> cleansUp(@NonNull String name) {
        @Cleanup val connection = closing(new Connection(name, false));
        return Coroutine.of("used " + await(later(connection.get().getName())));
    }

    @Async
    static Coroutine<String> cleansUpAfterAFailure(boolean closeFails) {
        @Cleanup val connection = closing(new Connection("broken", closeFails));
        await(later(connection));
        throw new IllegalArgumentException("in use");
    }

    @Async
    @SneakyThrows
    static Coroutine<String> sneaky() {
        await(sleep(Duration.ofMillis(1)));
        throw new Exception("sneaky");
    }

    static String failureOf(Coroutine<?> coroutine) {
        try {
            return "no failure but " + run(coroutine);
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    public static void main(String[] args) {
        System.out.println(run(Order.builder().name("tea").amount(6).build().price()));
        System.out.println(run(cleansUp("first")));
        System.out.println(failureOf(cleansUpAfterAFailure(false)));
        System.out.println(failureOf(cleansUpAfterAFailure(true)));
        System.out.println(failureOf(sneaky()));
    }
}
