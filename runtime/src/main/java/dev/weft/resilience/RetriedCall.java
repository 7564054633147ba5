package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.internal.report.UserCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The coroutine of {@link Retry}. */
final class RetriedCall<T> extends Operation<T> {
    /** The largest number of earlier failures that are kept, because attempts may be unlimited. */
    private static final int KEPT = 1_000;

    private final int attempts;
    private final Backoff backoff;
    private final Predicate<? super Throwable> which;
    private final AsyncCallable<T> body;

    /** True while an attempt runs; false before the first one and in a pause. */
    private boolean isRunning;

    /** The number of attempts that have failed. */
    private int failed;

    private final Deque<Throwable> earlier = new ArrayDeque<>();

    /** The requests that the task had before. Further ones cancel this call. */
    private int requestsBefore = -1;

    RetriedCall(
            int attempts,
            Backoff backoff,
            Predicate<? super Throwable> which,
            AsyncCallable<T> body) {
        this.attempts = attempts;
        this.backoff = backoff;
        this.which = which;
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (requestsBefore < 0) {
            requestsBefore = task.cancelling();
        }
        try {
            Object result = Machine.resumed(value);
            if (isRunning) {
                return result;
            }
            isRunning = true;
            return Machine.await(Coroutine.from(body), this, task, depth);
        } catch (CancelledError cancelled) {
            throw cancelled;
        } catch (Throwable failure) {
            pauseAfter(failure, task);
            return Machine.await(pause(task), this, task, depth);
        }
    }

    /** Ends the attempt. Throws if there is no further one. */
    private void pauseAfter(Throwable failure, Task<?> task) throws Throwable {
        if (isFatal(failure)) {
            throw failure;
        }
        if (failed + 1 >= attempts || task.cancelling() > requestsBefore || !isRetried(failure)) {
            throw withEarlier(failure);
        }
        isRunning = false;
        if (earlier.size() == KEPT) {
            earlier.remove();
        }
        earlier.add(failure);
    }

    private boolean isRetried(Throwable failure) throws Throwable {
        try {
            return UserCode.test(which, failure);
        } catch (Throwable unexpected) {
            earlier.add(failure);
            throw withEarlier(unexpected);
        }
    }

    private Coroutine<Void> pause(Task<?> task) {
        return Weft.sleep(Duration.ofNanos(backoff.nanos(failed++, task)));
    }

    /** Suppresses the earlier failures in the last one, each object once. */
    private Throwable withEarlier(Throwable last) {
        if (!earlier.isEmpty()) {
            Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
            known.add(last);
            known.addAll(Arrays.asList(last.getSuppressed()));
            for (Throwable failure : earlier) {
                if (known.add(failure)) {
                    last.addSuppressed(failure);
                }
            }
        }
        return last;
    }
}
