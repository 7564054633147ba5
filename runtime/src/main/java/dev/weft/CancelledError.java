package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by the await at which a task is cancelled. An {@code Error}, so that {@code catch
 * (Exception e)} lets it pass, as asyncio's {@code CancelledError} passes {@code except Exception}
 * (Python 3.8, bpo-32528). Where a result crosses into {@link
 * java.util.concurrent.CompletableFuture} it becomes a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <pre>{@code
 * @Async
 * Coroutine<Void> transfer() {
 *     log.add("taken");
 *     try {
 *         await(sleep(ofSeconds(5)));
 *         log.add("given");
 *     } catch (CancelledError cancelled) {
 *         await(putBack()); // a clean-up may await
 *         throw cancelled; // and the task ends as cancelled
 *     }
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>An error that the runtime creates has the trace of the awaits at which the task was suspended.
 */
public class CancelledError extends Error {
    private static final long serialVersionUID = 1;

    /** True if the constructor has finished, so that the Java stack is to be recorded. */
    private final transient boolean recordsStack;

    /** True if the trace has the awaiters of the first task that this error has crossed. */
    private transient boolean isTraced;

    /** Creates a cancellation without a message. */
    public CancelledError() {
        this(null);
    }

    /** Creates a cancellation with a message that says who asked for it, or why. */
    public CancelledError(@Nullable String message) {
        super(message);
        recordsStack = true;
        fillInStackTrace();
    }

    private CancelledError(@Nullable String message, boolean recordsStack) {
        super(message);
        this.recordsStack = recordsStack;
    }

    /**
     * Creates the error of a task that the runtime cancels. Its Java stack would show the loop
     * only, and a million of them must be cheap.
     */
    static CancelledError withoutTrace(@Nullable String message) {
        return new CancelledError(message, false);
    }

    /** Records the Java stack, except in an error that the runtime has created. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return recordsStack ? super.fillInStackTrace() : this;
    }

    /** Returns whether this is the first call. */
    final boolean startTrace() {
        boolean isFirst = !isTraced;
        isTraced = true;
        return isFirst;
    }

    /** Returns whether the runtime has created this error, so that it has no Java stack. */
    final boolean lacksStack() {
        return !recordsStack;
    }
}
