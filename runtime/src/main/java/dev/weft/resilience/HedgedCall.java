package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Task;
import dev.weft.internal.report.FirstFailure;
import dev.weft.internal.report.UserCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The coroutine of {@link Hedge}. */
final class HedgedCall<T> extends Operation<T> {
    private final Duration after;
    private final int most;
    private final AsyncCallable<T> body;

    /** The attempts whose end this has not seen, in order. */
    private final Set<Deferred<T>> running = new LinkedHashSet<>();

    /** The failed attempts whose failures are thrown if there is no value. */
    private final List<Deferred<T>> failed = new ArrayList<>();

    /** The task that runs this. Null before the first step and after the last one. */
    private @Nullable Task<?> caller;

    /** The number of attempts so far. */
    private int begun;

    /** The number of attempts that should begin in the next step. */
    private int due;

    /** Counts the time to the next attempt. */
    private @Nullable Handle timer;

    private @Nullable Deferred<T> winner;

    /** The first attempt that ended cancelled without being asked. */
    private @Nullable Deferred<T> attemptCancelled;

    /** The first cancellation of this call. */
    private @Nullable CancelledError cancellation;

    HedgedCall(Duration after, int most, AsyncCallable<T> body) {
        this.after = after;
        this.most = most;
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (begun == 0) {
            caller = task;
            due = 1;
        } else {
            try {
                Machine.resumed(value);
            } catch (CancelledError error) {
                cancelled(error);
            }
        }
        while (due > 0 && begun < most && !isOver()) {
            due--;
            begin(task.loop());
        }
        return running.isEmpty() ? outcome() : Machine.park(this, task);
    }

    private void begin(EventLoop loop) {
        begun++;
        Task<T> attempt = Task.create(body);
        running.add(attempt);
        attempt.addDoneCallback(this::ended);
        stopTimer();
        if (begun < most) {
            // One iteration later, so that a value that comes at the same time wins.
            timer = loop.callLater(after, () -> timer = loop.callSoon(this::nextIsDue));
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void nextIsDue() {
        due++;
        wake();
    }

    private void wake() {
        if (caller != null) {
            wake(caller);
        }
    }

    /** Called in the iteration after the end of an attempt. */
    private void ended(Deferred<T> attempt) {
        boolean counts = running.remove(attempt);
        Throwable thrown = failureOf(attempt);
        if (counts && thrown == null && !isOver()) {
            winner = attempt;
            endOthers("hedge: another attempt was first");
        } else if (thrown instanceof CancelledError) {
            attemptCancelled = attemptCancelled == null ? attempt : attemptCancelled;
        } else if (counts && thrown != null && winner == null) {
            failed.add(attempt);
            due = Math.min(due + 1, most - begun);
        } // else it comes from a clean-up, and is reported because nobody looks at it
        if (running.isEmpty() || due > 0) {
            wake();
        }
    }

    /** Returns whether the attempts have been cancelled. */
    private boolean isOver() {
        return winner != null || cancellation != null;
    }

    private void cancelled(CancelledError error) {
        boolean isFirst = !isOver();
        if (cancellation == null) {
            cancellation = error;
        }
        if (isFirst) {
            endOthers(UserCode.messageOf(error));
        }
    }

    /** Cancels the attempts that run, and drops the failures so far. */
    private void endOthers(@Nullable String reason) {
        stopTimer();
        failed.forEach(Deferred::exception); // counts as looking
        failed.clear();
        for (Deferred<T> attempt : List.copyOf(running)) {
            if (!attempt.cancel(reason)) {
                running.remove(attempt); // has ended before, so its outcome does not count
                if (!attempt.cancelled()) {
                    attempt.exception();
                }
            }
        }
    }

    private @Nullable Object outcome() throws Throwable {
        stopTimer();
        caller = null; // the task is not woken any more, not by an attempt that ended too late
        Throwable failure = failure();
        if (failure != null) {
            throw failure;
        }
        if (cancellation != null) {
            throw cancellation;
        }
        Deferred<T> decisive = winner == null ? attemptCancelled : winner;
        return decisive == null ? null : decisive.result();
    }

    /** Returns the first failure, in which the others are suppressed. */
    private @Nullable Throwable failure() {
        FirstFailure first = new FirstFailure();
        for (Deferred<T> attempt : failed) {
            Throwable failure = failureOf(attempt);
            if (failure != null && first.add(failure)) {
                attempt.exception(); // counts as looking; otherwise the failure is reported
            }
        }
        return first.get();
    }
}
