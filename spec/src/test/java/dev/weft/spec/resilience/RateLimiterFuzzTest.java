package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.RateLimiter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random acquisitions and cancellations, compared with a model in exact fractions. */
class RateLimiterFuzzTest {
    private static final int ACTIONS = 60;

    /** Iterations in which everything has happened that can happen without time. */
    private static final int SETTLED = 40;

    /**
     * A bucket that counts in fractions of a token: a token is {@code per}, the capacity {@code
     * permits * per}, and each nanosecond adds {@code permits}.
     */
    private static final class Model {
        private final BigInteger token;
        private final BigInteger rate;
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private final List<String> served = new ArrayList<>();
        private BigInteger level;
        private long now;

        Model(int permits, long per) {
            token = BigInteger.valueOf(per);
            rate = BigInteger.valueOf(permits);
            level = token.multiply(rate);
        }

        /** Serves the tasks that are due up to {@code time}. */
        void advance(long time) {
            while (!waiting.isEmpty() && due() <= time) {
                fill(due());
                level = level.subtract(token);
                served.add(now + " " + waiting.remove());
            }
            fill(time);
        }

        /** Returns the time at which there is a token, rounded up. */
        private long due() {
            BigInteger missing = token.subtract(level).max(BigInteger.ZERO);
            BigInteger[] time = missing.divideAndRemainder(rate);
            return now + time[0].longValueExact() + time[1].signum();
        }

        private void fill(long time) {
            BigInteger added = rate.multiply(BigInteger.valueOf(time - now));
            level = level.add(added).min(token.multiply(rate));
            now = time;
        }

        void arrive(int visitor) {
            waiting.add(visitor);
            advance(now);
        }

        boolean tryAcquire() {
            boolean isThere = waiting.isEmpty() && level.compareTo(token) >= 0;
            if (isThere) {
                level = level.subtract(token);
            }
            return isThere;
        }
    }

    private final List<String> served = new ArrayList<>();
    private int cancelled;
    private int refused;

    @Test
    void theLimiterAgreesWithTheModel() {
        checkAll(seed -> UnaryOperator.identity());
        assertThat(cancelled).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void theLimiterAgreesWithTheModelInAnyOrderOfTurns() {
        checkAll(seed -> runner -> runner.shuffled(seed));
    }

    private void checkAll(LongFunction<UnaryOperator<Runner>> settings) {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            served.clear();
            try {
                VirtualTime.run(settings.apply(seed), () -> check(random));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Async
    private Coroutine<Void> check(Random random) {
        int permits = 1 + random.nextInt(7);
        long per = 1L + random.nextInt(1_000);
        RateLimiter limiter = new RateLimiter(permits, Duration.ofNanos(per));
        Model model = new Model(permits, per);
        List<Task<Void>> visitors = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            await(sleep(Duration.ofNanos(random.nextLong(per / permits + 2))));
            await(iterations(SETTLED));
            model.advance(elapsed().toNanos());
            act(random, limiter, model, visitors);
            await(iterations(SETTLED));
            assertThat(served).isEqualTo(model.served);
        }
        await(sleep(Duration.ofNanos(per * ACTIONS)));
        model.advance(elapsed().toNanos());
        assertThat(served).isEqualTo(model.served);
        assertThat(model.waiting).isEmpty();
        for (int i = 0; i < permits; i++) {
            assertThat(limiter.tryAcquire()).isTrue();
        }
        assertThat(limiter.tryAcquire()).isFalse();
        assertNothingIsLeft();
        return Coroutine.done();
    }

    private void act(Random random, RateLimiter limiter, Model model, List<Task<Void>> visitors) {
        switch (random.nextInt(5)) {
            case 0 -> {
                boolean isAcquired = limiter.tryAcquire();
                assertThat(isAcquired).isEqualTo(model.tryAcquire());
                refused += isAcquired ? 0 : 1;
            }
            case 1 -> {
                int visitor = visitors.size() - 1 - random.nextInt(5);
                if (visitor >= 0) {
                    boolean isWaiting = model.waiting.remove((Object) visitor);
                    assertThat(visitors.get(visitor).cancel()).isEqualTo(isWaiting);
                    cancelled += isWaiting ? 1 : 0;
                }
            }
            default -> {
                int visitor = visitors.size();
                model.arrive(visitor);
                visitors.add(Task.create(() -> visit(limiter, visitor)));
            }
        }
    }

    @Async
    private Coroutine<Void> visit(RateLimiter limiter, int visitor) {
        await(limiter.acquire());
        served.add(elapsed().toNanos() + " " + visitor);
        return Coroutine.done();
    }
}
