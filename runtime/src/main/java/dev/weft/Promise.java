package dev.weft;

import dev.weft.internal.report.CreationSite;
import dev.weft.internal.report.DebugPlaces;
import dev.weft.observe.Wait;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A result that is completed by hand, once, from any thread. The first of {@link #complete}, {@link
 * #fail} and {@link #cancel} decides. The promise is then done at once; its waiters are woken on
 * the loop, in the next iteration. On a closed loop the value is set and no waiter is woken.
 *
 * <pre>{@code
 * @Async
 * static Coroutine<String> answer(String question) {
 *     Promise<String> answer = new Promise<>();
 *     ask(question, answer::complete); // a callback, which may come from any thread
 *     return Coroutine.of(await(answer));
 * }
 * }</pre>
 *
 * <p>A failure that nobody looks at is not reported: the code that failed the promise knows it.
 *
 * @param <T> the type of the value
 */
public sealed class Promise<T> extends Deferred<T> permits StageView {
    /**
     * Creates a promise on the current loop.
     *
     * @throws IllegalStateException outside of a loop
     */
    public Promise() {
        this(TaskLoop.ofThread());
        recordPlace();
    }

    /** Creates a promise on {@code loop}. Any thread. */
    public Promise(EventLoop loop) {
        this(coreOf(loop));
        recordPlace();
    }

    Promise(TaskLoop loop) {
        super(loop);
    }

    private void recordPlace() {
        if (CreationSite.isRecording) {
            DebugPlaces.record(this);
        }
    }

    private static TaskLoop coreOf(EventLoop loop) {
        if (loop == null) {
            throw new NullPointerException("loop");
        }
        return loop.core;
    }

    /**
     * Completes this with {@code value}, which may be null. Any thread.
     *
     * @return false if this was done already
     */
    public boolean complete(@Nullable T value) {
        return settle(value);
    }

    /**
     * Completes this with {@code exception}, this same object. A {@link CancelledError} cancels
     * this. Any thread.
     *
     * @return false if this was done already
     */
    public boolean fail(Throwable exception) {
        if (exception == null) {
            throw new NullPointerException("exception");
        }
        return settle(Thrown.ofWork(exception));
    }

    private boolean settle(@Nullable Object result) {
        if (!exchange(result)) {
            return false;
        }
        if (loop.isOwnThread()) {
            take();
        } else {
            try {
                loop.handIn(this);
            } catch (RejectedExecutionException closed) {
                return true; // nobody waits any more; the result can still be read
            }
        }
        return true;
    }

    @Override
    Wait described() {
        String place = DebugPlaces.of(this);
        return Wait.of(place == null ? "promise" : "promise made at " + place);
    }

    @Override
    boolean stop(CancelSweep sweep) {
        return settle(Thrown.cancellation(sweep.message()));
    }
}
