package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Weft#waitUntil} gives. Cancels none of what it waits for, and leaves nothing behind
 * in their lines.
 */
final class MultiWait<T> extends Coroutine<WaitResult<T>> implements Runnable {
    private final ReturnWhen what;
    private final @Nullable Duration limit;
    private final Set<Deferred<T>> them = new LinkedHashSet<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    /** How many arrivals are to come. */
    private int missing;

    private @Nullable Promise<Void> enough;
    private @Nullable Handle timer;

    static <T> Coroutine<WaitResult<T>> of(
            ReturnWhen what,
            @Nullable Duration limit,
            Collection<? extends Deferred<? extends T>> them) {
        return new MultiWait<>(what, limit, them);
    }

    @SuppressWarnings("unchecked") // Deferred<? extends T> is read only
    private MultiWait(
            ReturnWhen what,
            @Nullable Duration limit,
            Collection<? extends Deferred<? extends T>> them) {
        if (what == null) {
            throw new NullPointerException("condition");
        }
        for (Deferred<? extends T> one : them) {
            this.them.add((Deferred<T>) Gather.notNull(one));
        }
        if (this.them.isEmpty()) {
            throw new IllegalArgumentException(
                    "waitUntil of nothing: there would be no end to wait for");
        }
        this.what = what;
        this.limit = limit;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value) {
        if (enough == null) {
            for (Deferred<T> one : them) {
                Gather.checkOwn(task.loop, one);
            }
            if (!isEnough()) {
                return awaitIn(wait(task.loop), this, task);
            }
        } else {
            leave();
            resumedWith(value);
        }
        return result();
    }

    private Promise<Void> wait(EventLoop loop) {
        Promise<Void> enough = new Promise<>(loop);
        this.enough = enough;
        for (Deferred<T> one : them) {
            if (!one.done()) {
                Arrival arrival = new Arrival(one);
                arrivals.add(arrival);
                one.addWaiter(arrival);
            }
        }
        missing = arrivals.size();
        if (isEnough()) {
            run(); // another thread has ended some of them between the two looks
        } else if (limit != null) {
            timer = loop.timer(Sleep.nanos(limit), this);
        }
        return enough;
    }

    /** The timer's turn. */
    @Override
    public void run() {
        if (enough != null) {
            enough.complete(null);
        }
    }

    /** The end of one of them. */
    private final class Arrival extends Entry {
        private final Deferred<T> one;

        Arrival(Deferred<T> one) {
            this.one = one;
        }

        @Override
        void run() {
            missing--;
            Object outcome = one.outcome();
            if (missing == 0 || (outcome != null && decides(outcome))) {
                MultiWait.this.run();
            }
        }
    }

    private void leave() {
        for (Arrival arrival : arrivals) {
            arrival.one.removeWaiter(arrival);
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    private boolean isEnough() {
        boolean all = true;
        for (Deferred<T> one : them) {
            Object outcome = one.outcome();
            if (outcome == null) {
                all = false;
            } else if (decides(outcome)) {
                return true;
            }
        }
        return all;
    }

    /** Whether one such end is enough. */
    private boolean decides(Object outcome) {
        return what == ReturnWhen.FIRST_COMPLETED
                || (what == ReturnWhen.FIRST_EXCEPTION && hasFailed(outcome));
    }

    private static boolean hasFailed(Object outcome) {
        return outcome instanceof Thrown thrown && !thrown.cancelled();
    }

    private WaitResult<T> result() {
        Set<Deferred<T>> done = new LinkedHashSet<>();
        Set<Deferred<T>> pending = new LinkedHashSet<>();
        for (Deferred<T> one : them) {
            (one.done() ? done : pending).add(one);
        }
        return new WaitResult<>(
                Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
    }
}
