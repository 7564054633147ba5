package dev.weft;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A result that is given by hand, once, from any thread. The first of {@link #complete}, {@link
 * #fail} and {@link #cancel} decides; it is done at once, and who waits for it is woken on the
 * loop, in the next iteration. On a closed loop nobody is woken any more.
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
 * <p>A failure that nobody looks at is not reported: whoever keeps the promise knows of it.
 *
 * @param <T> what it gives
 */
public class Promise<T> extends Deferred<T> {
    /**
     * A promise on the current loop.
     *
     * @throws IllegalStateException outside a loop
     */
    public Promise() {
        this(EventLoop.current());
    }

    /** A promise on {@code loop}. */
    public Promise(EventLoop loop) {
        super(loop);
        if (loop == null) {
            throw new NullPointerException("loop");
        }
    }

    /** Gives it its value, which may be null; any thread. False if it was done already. */
    public boolean complete(@Nullable T value) {
        return settle(value);
    }

    /**
     * Lets it fail with this very exception; any thread. A {@link CancelledError} cancels it.
     *
     * @return false if it was done already
     */
    public boolean fail(Throwable exception) {
        if (exception == null) {
            throw new NullPointerException("exception");
        }
        return settle(new Thrown(exception));
    }

    private boolean settle(@Nullable Object result) {
        if (!exchange(result)) {
            return false;
        }
        if (loop.isMine()) {
            run();
        } else {
            try {
                loop.handIn(this);
            } catch (RejectedExecutionException closed) {
                // Nobody is left to be woken; the value stands all the same.
                return true;
            }
        }
        return true;
    }

    @Override
    boolean stop(@Nullable String message) {
        return settle(new Thrown(new CancelledError(message)));
    }
}
