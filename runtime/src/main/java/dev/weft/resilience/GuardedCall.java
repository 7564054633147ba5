package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** The coroutine of {@link CircuitBreaker#call}. */
final class GuardedCall<T> extends Operation<T> {
    private final CircuitBreaker breaker;

    /** Null after the call, so that captured values can be collected. */
    private @Nullable AsyncCallable<T> body;

    private long changesBefore;

    /** The requests that the task had before. Further ones cancel this call. */
    private int requestsBefore;

    GuardedCall(CircuitBreaker breaker, AsyncCallable<T> body) {
        this.breaker = breaker;
        this.body = body;
    }

    /** Returns the number of changes of the breaker's state before this call. */
    long changesBefore() {
        return changesBefore;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        AsyncCallable<T> called = body;
        if (called != null) {
            body = null;
            changesBefore = breaker.admit(this, task);
            requestsBefore = task.cancelling();
        }
        Object result;
        try {
            result =
                    called == null
                            ? Machine.resumed(value)
                            : Machine.await(Coroutine.from(called), this, task, depth);
        } catch (Throwable thrown) {
            ended(thrown, task);
            throw thrown;
        }
        if (result != Machine.SUSPENDED) {
            breaker.succeeded(this);
        }
        return result;
    }

    private void ended(Throwable thrown, Task<?> task) {
        boolean isCancelled =
                thrown instanceof CancelledError || task.cancelling() > requestsBefore;
        if (isCancelled) {
            breaker.cancelled(this);
        } else {
            breaker.failed(this, task);
        }
    }
}
