package dev.weft.resilience;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.sync.AsyncLock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits the rate of an operation: a bucket of tokens, of which each call takes one.
 *
 * <pre>{@code
 * private final RateLimiter limiter = new RateLimiter(2, ofSeconds(1)); // two in each second
 *
 * @Async
 * Coroutine<String> fetchSlowly(String url) throws IOException {
 *     await(limiter.acquire()); // the third call at once waits for half a second
 *     return Coroutine.of(await(fetch(url)));
 * }
 * }</pre>
 *
 * <p>The bucket has room for as many tokens as there are permits, and is full at the first use. It
 * is filled evenly: of {@code n} permits, one comes back after each {@code n}-th part of the
 * period. So after a rest there may be {@code n} calls at once. Times are exact; a fraction of a
 * nanosecond is rounded up.
 *
 * <p>Waiting tasks are served in the order in which they came. A task that is cancelled while it
 * waits takes no token, and loses its place to the next. The rules for loops and threads are those
 * of {@link dev.weft.resilience the package}.
 */
public final class RateLimiter {
    private final LoopClock clock = new LoopClock("RateLimiter");
    private final TokenBucket bucket;

    /**
     * The line of waiting tasks. Its first one holds the lock, and sleeps until its token is due.
     */
    private final AsyncLock line = new AsyncLock();

    /**
     * Creates a limiter that lets {@code permits} calls pass in each period of length {@code per}.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1, or {@code per} is not
     *     positive
     */
    public RateLimiter(int permits, Duration per) {
        Arguments.atLeastOne("permits", permits);
        bucket = new TokenBucket(permits, Arguments.nanos(Arguments.positive("per", per)));
    }

    /** Takes a token when awaited. Suspends while there is none or others wait. */
    public Coroutine<Void> acquire() {
        clock.checkThread("acquire");
        return new Acquisition(this);
    }

    /** Takes a token if there is one and no task waits. Returns whether it did. */
    public boolean tryAcquire() {
        return tryTake(clock.now("tryAcquire"));
    }

    private boolean tryTake(long now) {
        return !line.locked() && bucket.take(now) <= 0;
    }

    private static final class Acquisition extends Operation<Void> {
        private enum Place {
            NONE,
            IN_LINE,
            FIRST
        }

        private final RateLimiter limiter;
        private Place place = Place.NONE;

        Acquisition(RateLimiter limiter) {
            this.limiter = limiter;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            switch (place) {
                case NONE -> {
                    if (limiter.tryTake(limiter.clock.now(task))) {
                        return null;
                    }
                    place = Place.IN_LINE;
                    Object result = Machine.await(limiter.line.acquire(), this, task, depth);
                    return result == Machine.SUSPENDED ? result : takeAsFirst(task, depth);
                }
                case IN_LINE -> Machine.resumed(value);
                case FIRST -> leaveIfCancelled(value);
            }
            return takeAsFirst(task, depth);
        }

        private @Nullable Object takeAsFirst(Task<?> task, int depth) {
            place = Place.FIRST;
            long missing = limiter.bucket.take(limiter.clock.now(task));
            if (missing > 0) {
                return Machine.await(Weft.sleep(Duration.ofNanos(missing)), this, task, depth);
            }
            limiter.line.release();
            return null;
        }

        private void leaveIfCancelled(@Nullable Object value) throws Throwable {
            try {
                Machine.resumed(value);
            } catch (Throwable cancelled) {
                limiter.line.release();
                throw cancelled;
            }
        }
    }
}
