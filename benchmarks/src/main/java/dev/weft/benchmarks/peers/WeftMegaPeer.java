package dev.weft.benchmarks.peers;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/**
 * W2 with five coroutines that differ in little but their class. The JIT compiler has seen all five
 * even where a single class runs.
 */
public final class WeftMegaPeer extends WeftPeer {
    private static final int KINDS = 5;

    @Override
    public long switches(int tasks, int each) {
        super.switches(KINDS, 100);
        return super.switches(tasks, each);
    }

    @Override
    Coroutine<Void> yielder(int i, int n) {
        return switch (i % KINDS) {
            case 1 -> counting(n);
            case 2 -> adding(n);
            case 3 -> holding(n);
            case 4 -> downwards(n);
            default -> yields(n);
        };
    }

    @Async
    private static Coroutine<Void> counting(int n) {
        int i = 0;
        while (i < n) {
            await(sleep(Duration.ZERO));
            i++;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> adding(int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
            sum += i;
        }
        return sum < 0 ? Coroutine.failed(new ArithmeticException()) : Coroutine.done();
    }

    @Async
    private static Coroutine<Void> holding(int n) {
        Integer last = n;
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
            last = n;
        }
        return last != n ? Coroutine.failed(new ArithmeticException()) : Coroutine.done();
    }

    @Async
    private static Coroutine<Void> downwards(int n) {
        for (int i = n; i > 0; i--) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }
}
