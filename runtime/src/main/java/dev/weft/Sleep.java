package dev.weft;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sleep. While it lasts, the task itself is the timer. This object is then garbage, unless it has
 * a result.
 */
final class Sleep<T> extends Coroutine<T> {
    private final long nanos;
    private final @Nullable T result;
    private boolean slept;

    Sleep(long nanos, @Nullable T result) {
        super(true);
        this.nanos = nanos;
        this.result = result;
    }

    /** Returns a delay in nanoseconds; {@code Long.MAX_VALUE} for one that a long cannot hold. */
    static long nanos(Duration delay) {
        if (delay.isZero()) {
            return 0;
        }
        long seconds = delay.toSeconds();
        if (seconds >= Long.MAX_VALUE / 1_000_000_000L) {
            return Long.MAX_VALUE;
        }
        return seconds <= Long.MIN_VALUE / 1_000_000_000L ? Long.MIN_VALUE : delay.toNanos();
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value) {
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
