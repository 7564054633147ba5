package dev.weft;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sleep. While it lasts, the task itself is the timer. This object is then garbage, unless it has
 * a result.
 */
final class Sleep<T> extends Coroutine<T> {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final Duration SHORTEST = Duration.ofNanos(Long.MIN_VALUE);

    private final long nanos;
    private final @Nullable T result;
    private boolean slept;

    Sleep(long nanos, @Nullable T result) {
        this.nanos = nanos;
        this.result = result;
    }

    /** Returns a delay in nanoseconds; {@code Long.MAX_VALUE} for one that a long cannot hold. */
    static long nanos(Duration delay) {
        if (delay.isZero()) {
            return 0;
        }
        if (delay.compareTo(LONGEST) > 0) {
            return Long.MAX_VALUE;
        }
        return delay.compareTo(SHORTEST) < 0 ? Long.MIN_VALUE : delay.toNanos();
    }

    /** Returns what a sleep waits for that ends in {@code nanos}. */
    static String described(long nanos) {
        return String.format(Locale.ROOT, "%.1f s of sleep", Math.max(0, nanos) / 1e9);
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        if (slept) {
            Machine.resumed(value);
            return result;
        }
        slept = true;
        Coroutine<?> awaiter = this.awaiter == null ? AwaiterMark.ROOT : this.awaiter;
        Coroutine<?> resumed = result == null ? awaiter : this;
        return nanos > 0 ? task.sleep(nanos, resumed) : task.giveTurn(resumed);
    }
}
