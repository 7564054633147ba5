package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The coroutine of {@link Weft#waitUntil}. Cancels nothing, and leaves no waiter behind. */
final class MultiWait<T> extends Coroutine<WaitResult<T>> implements Runnable {
    private final ReturnWhen condition;
    private final @Nullable Duration limit;
    private final Set<Deferred<T>> awaited = new LinkedHashSet<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    /** The number of results that have not ended yet. */
    private int missing;

    /** The promise that the task awaits. Null before that. */
    private @Nullable Promise<Void> satisfied;

    private @Nullable Handle timer;

    static <T> Coroutine<WaitResult<T>> of(
            ReturnWhen condition,
            @Nullable Duration limit,
            Collection<? extends Deferred<? extends T>> awaited) {
        return new MultiWait<>(condition, limit, awaited);
    }

    @SuppressWarnings("unchecked") // Deferred<? extends T> is only read
    private MultiWait(
            ReturnWhen condition,
            @Nullable Duration limit,
            Collection<? extends Deferred<? extends T>> awaited) {
        if (condition == null) {
            throw new NullPointerException("condition");
        }
        for (Deferred<? extends T> one : UserCode.copyOf(awaited)) {
            this.awaited.add((Deferred<T>) Gather.notNull(one));
        }
        if (this.awaited.isEmpty()) {
            throw new IllegalArgumentException(
                    "waitUntil of nothing: it would have no end; pass at least one result");
        }
        this.condition = condition;
        this.limit = limit;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        if (satisfied == null) {
            for (Deferred<T> one : awaited) {
                Gather.checkOwn(task.loop, one);
            }
            if (!isSatisfied()) {
                Promise<Void> promise = arm(task.loop);
                if (!promise.done()) {
                    return Machine.await(promise, this, task, depth);
                }
                leave(); // another thread has completed some of them between the two looks
            }
        } else {
            leave();
            Machine.resumed(value);
        }
        return result();
    }

    private Promise<Void> arm(TaskLoop loop) {
        Promise<Void> promise = new Promise<>(loop);
        satisfied = promise;
        for (Deferred<T> one : awaited) {
            if (!one.done()) {
                Arrival arrival = new Arrival(one);
                arrivals.add(arrival);
                one.addWaiter(arrival);
            }
        }
        missing = arrivals.size();
        if (isSatisfied()) {
            run();
        } else if (limit != null) {
            timer = Callback.at(loop.deadline(Sleep.nanos(limit)), loop, this);
        }
        return promise;
    }

    /** Called by the timer, and by the arrival that satisfies the condition. */
    @Override
    public void run() {
        if (satisfied != null) {
            satisfied.complete(null);
        }
    }

    /** The turn after the end of one result. */
    private final class Arrival extends Turn {
        private final Deferred<T> result;

        Arrival(Deferred<T> result) {
            this.result = result;
        }

        @Override
        protected void take() {
            missing--;
            Object outcome = result.outcome();
            if (missing == 0 || (outcome != null && satisfies(outcome))) {
                MultiWait.this.run();
            }
        }
    }

    @Override
    protected Wait waitsFor() {
        return Wait.of(condition + " of " + awaited.size() + ", " + missing + " pending");
    }

    private void leave() {
        for (Arrival arrival : arrivals) {
            arrival.result.removeWaiter(arrival);
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    private boolean isSatisfied() {
        boolean all = true;
        for (Deferred<T> one : awaited) {
            Object outcome = one.outcome();
            if (outcome == null) {
                all = false;
            } else if (satisfies(outcome)) {
                return true;
            }
        }
        return all;
    }

    /** Returns whether one result with this outcome satisfies the condition. */
    private boolean satisfies(Object outcome) {
        return condition == ReturnWhen.FIRST_COMPLETED
                || (condition == ReturnWhen.FIRST_EXCEPTION && hasFailed(outcome));
    }

    private static boolean hasFailed(Object outcome) {
        return outcome instanceof Thrown thrown && !thrown.isCancellation();
    }

    private WaitResult<T> result() {
        Set<Deferred<T>> done = new LinkedHashSet<>();
        Set<Deferred<T>> pending = new LinkedHashSet<>();
        for (Deferred<T> one : awaited) {
            (one.done() ? done : pending).add(one);
        }
        return new WaitResult<>(
                Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
    }
}
