package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.loop.Generators;
import dev.weft.internal.report.CreationSite;
import dev.weft.internal.report.FirstFailure;
import org.jspecify.annotations.Nullable;

/**
 * Runs the compiled body of a generator from emit to emit. The body is resumed by an ask, inside
 * the task that asks; so while the body stands at an emit, it belongs to no task.
 */
final class Generator<T> extends Source<T> {
    /**
     * The largest number of bodies on the Java stack that stand at an emit and were resumed by each
     * other. A resumed body does not know its depth.
     */
    private static final int MOST_NESTED = 8;

    /** The body stands at its beginning or at an emit, or has ended. */
    private static final int STANDING = 0;

    /** A step of the body is called from here, and not from the task's loop. */
    private static final int INLINE = 1;

    /** The body is suspended in an await, or the task's loop calls its step. */
    private static final int WAITING = 2;

    private final Coroutine<?> body;
    private final @Nullable CreationSite site;

    /** The generators of the loop, and the place among them; null before the first ask. */
    private @Nullable Generators all;

    private Generators.@Nullable Entry entry;

    private int mode = STANDING;

    /** Thrown in the body to close it; null before. */
    private @Nullable Closed closed;

    /** Thrown at an emit to run the body's clean-ups. No exception type that users catch. */
    private static final class Closed extends Throwable {
        private static final long serialVersionUID = 1;

        Closed() {
            super("the stream is closed", null, true, false);
        }
    }

    Generator(Coroutine<?> body) {
        this.body = body;
        Machine.begin(body, this);
        site = CreationSite.isRecording ? Machine.siteOf(this, body) : null;
    }

    /** Keeps an element for who asks, and leaves the body. */
    Object emit(@Nullable T value, Task<?> task) {
        if (value == null) {
            throw Machine.crossing(
                    new NullPointerException("emit(null): an element is never null"), task);
        }
        if (closed != null) {
            throw Machine.crossing(
                    new IllegalStateException("emit while the stream is being closed"), task);
        }
        element = value;
        return mode == INLINE ? Machine.SUSPENDED : Machine.stepNext(this, task);
    }

    @Override
    @Nullable Object advance(Task<?> task, @Nullable Object value, int depth) throws Throwable {
        if (element != null) { // emitted in a step that the loop has called
            mode = STANDING;
            return true;
        }
        if (mode == WAITING) { // and now the body has ended
            mode = STANDING;
            Machine.resumed(value);
            return false;
        }
        Generators all = this.all;
        if (all == null) {
            all = Machine.generators(task);
            this.all = all;
            entry = all.add(this);
        }
        Object result = stepBody(all, task, null, depth);
        if (result != Machine.SUSPENDED) {
            return false;
        }
        return element == null ? result : true;
    }

    /** Calls a step of the body; or, if the Java stack is deep, lets the task's loop call this. */
    private @Nullable Object stepBody(
            Generators all, Task<?> task, @Nullable Object value, int depth) throws Throwable {
        if (all.nested >= MOST_NESTED && !Machine.isCalledByLoop(depth)) {
            return Machine.stepNext(this, task);
        }
        all.nested++;
        mode = INLINE;
        try {
            Object result = Machine.step(body, task, value, depth);
            mode = result == Machine.SUSPENDED && element == null ? WAITING : STANDING;
            return result;
        } finally {
            all.nested--;
        }
    }

    @Override
    @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) throws Throwable {
        Generators all = this.all;
        if (all == null) {
            return null;
        }
        Closed closed = this.closed;
        if (closed == null) {
            closed = new Closed();
            this.closed = closed;
        }
        try {
            Object result =
                    mode == WAITING
                            ? Machine.resumed(value)
                            : stepBody(all, task, Machine.failure(closed), depth);
            if (result == Machine.SUSPENDED) {
                return result;
            }
        } catch (Closed thrown) {
            if (thrown != closed) {
                throw thrown; // of another stream, kept and thrown by the user's code
            }
            failIfSuppressed(closed);
        }
        return null;
    }

    /** Throws what clean-ups have thrown while {@link Closed} was on its way out. */
    private static void failIfSuppressed(Closed closed) throws Throwable {
        FirstFailure failures = new FirstFailure();
        for (Throwable suppressed : closed.getSuppressed()) {
            failures.add(suppressed);
        }
        Throwable first = failures.get();
        if (first != null) {
            throw first;
        }
    }

    @Override
    void ended() {
        if (all != null && entry != null) {
            all.remove(entry);
        }
        if (site != null) {
            site.used();
        }
    }
}
