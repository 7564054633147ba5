package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;

public class Orders {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final StringBuilder log = new StringBuilder();

    @Async
    Coroutine<Integer> price(String item) {
        await(Weft.sleep(MOMENT));
        switch (item) {
            case "apple":
                return Coroutine.of(3);
            case "bread":
                await(Weft.sleep(MOMENT));
                return Coroutine.of(5);
            default:
                throw new IllegalArgumentException(item);
        }
    }

    @Async
    public Coroutine<Integer> total(List<String> items, boolean rebate) {
        int sum = 0;
        for (String item : items) {
            sum += await(price(item));
        }
        while (sum > 10 && rebate) {
            sum -= await(Coroutine.of(2));
        }
        return Coroutine.of(rebate ? await(rounded(sum)) : sum);
    }

    @Async
    Coroutine<Integer> rounded(int sum) {
        return sum > 100 ? Coroutine.of(sum / 10 * 10) : price("apple");
    }

    @Async
    public Coroutine<String> ship(String item, boolean express) {
        String way = "";
        try {
            int price = await(price(item));
            if (express && price > 3) {
                way = "by air";
            } else {
                way = "by ship";
            }
        } catch (IllegalArgumentException e) {
            way = "not at all";
            await(Weft.sleep(MOMENT));
        } finally {
            await(Weft.sleep(MOMENT));
            log.append(item).append(' ');
        }
        return Coroutine.of(way);
    }

    @Async
    public Coroutine<Integer> locked() throws Exception {
        try (Lock lock = await(lock())) {
            return Coroutine.of(lock.count + await(price("apple")));
        }
    }

    @Async
    Coroutine<Lock> lock() {
        await(Weft.sleep(MOMENT));
        return Coroutine.of(new Lock());
    }

    @Async
    public Coroutine<String> described(String item) throws Exception {
        AsyncCallable<String> lazily =
                () -> {
                    int price = await(price(item));
                    return Coroutine.of(price > 4 ? "dear" : "cheap");
                };
        return Coroutine.of(item + " is " + await(lazily.call()));
    }

    @Async
    public Coroutine<Void> neverCalled() {
        await(Weft.sleep(MOMENT));
        return Coroutine.done();
    }

    static final class Lock implements AutoCloseable {
        final int count = 1;

        @Override
        public void close() {}
    }
}
