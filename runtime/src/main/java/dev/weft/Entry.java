package dev.weft;

import dev.weft.internal.time.Timed;
import org.jspecify.annotations.Nullable;

/**
 * What a loop can run: a task's next step, a callback. It is its own link, so that neither becoming
 * ready nor waiting costs memory: {@code next} links it in one list at a time, of the ready queue,
 * of the waiters of a {@link Deferred} or of the timer wheel, and {@code prev} is free outside of
 * the wheel.
 */
abstract class Entry extends Timed {
    /** Runs what stands in the ready queue. Throws only what must stop the loop. */
    abstract void run();

    /**
     * The wheel has let go of it because its deadline has passed; it stands in the ready queue now.
     */
    void due() {}

    /** What it waited for has ended; it stands in the ready queue now. */
    void woken() {}

    /** The task-local values that it runs with. */
    @Nullable Context context() {
        return null;
    }

    void context(@Nullable Context context) {}
}
