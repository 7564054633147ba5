package dev.weft;

import dev.weft.internal.time.Timed;
import org.jspecify.annotations.Nullable;

/**
 * A cancellation on its way into a task; {@code prev} is what else the wake-up would have brought.
 */
final class Request extends Timed {
    final @Nullable String message;

    /** Whether it has ended what the task waited for, and so cannot be taken back. */
    final boolean forwarded;

    private Request(@Nullable String message, boolean forwarded, @Nullable Timed instead) {
        this.message = message;
        this.forwarded = forwarded;
        this.prev = instead;
    }

    /** It has ended what the task waited for. */
    static Timed forwarded(@Nullable String message) {
        return new Request(message, true, null);
    }

    /** It is kept for the task's next step or suspension. */
    static Timed held(@Nullable String message, @Nullable Timed instead) {
        return new Request(message, false, instead);
    }

    /** What the task sees: the cancellation that was there before it, or a new one. */
    Thrown delivered() {
        if (prev instanceof Deferred<?> deferred
                && deferred.outcome() instanceof Thrown thrown
                && thrown.cancelled()) {
            return thrown;
        }
        return new Thrown(new CancelledError(message));
    }
}
