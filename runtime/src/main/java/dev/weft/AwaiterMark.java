package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.report.CreationSite;
import org.jspecify.annotations.Nullable;

/** A sentinel in the awaiter field of a coroutine: records a state in place of an awaiter. */
final class AwaiterMark extends Coroutine<Void> {
    /** The coroutine is the main one of a task: its result is the task's. */
    static final AwaiterMark ROOT = new AwaiterMark(null);

    /** The coroutine was closed and can never run. */
    static final AwaiterMark CLOSED = new AwaiterMark(null);

    /** The coroutine has no state and may be awaited any number of times. */
    static final AwaiterMark REUSABLE = new AwaiterMark(null);

    /** The awaiter is a body that has no frame. The body makes one if it has to suspend. */
    static final AwaiterMark UNLINKED = new AwaiterMark(null);

    /** Stands for the awaited null until the body, which has no frame, makes one. */
    static final AwaiterMark NULL = new AwaiterMark(null);

    /** Non-null: the coroutine was not used, and was created here. */
    final @Nullable CreationSite site;

    private AwaiterMark(@Nullable CreationSite site) {
        this.site = site;
    }

    /** Returns the mark of a coroutine that is being created; null for one without a site. */
    static @Nullable AwaiterMark ofCreation(Coroutine<?> coroutine) {
        return coroutine instanceof AwaiterMark || coroutine instanceof Ready
                ? null
                : new AwaiterMark(
                        CreationSite.record(coroutine, coroutine.position(), CurrentLoop.thread()));
    }

    @Override
    protected Object step(Task<?> task, @Nullable Object value, int depth) {
        throw new IllegalStateException("a mark never runs");
    }
}
