package dev.weft;

import dev.weft.internal.time.Timed;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Task} runs, its only subclass: step by step. A step begins when the task's turn in
 * the ready queue comes, and lasts until its coroutine suspends or ends. {@link Phase} says where
 * it stands in between.
 */
abstract class Steps<T> extends Deferred<T> {
    /**
     * Where to go on: the innermost suspended frame. In a step: the frame below which everything is
     * on the Java stack.
     */
    @Nullable Coroutine<?> frame;

    /** A {@link Phase}, and above it bits and the number of requests. */
    int status = Phase.CREATED;

    Steps(EventLoop loop, Coroutine<T> coroutine) {
        super(loop);
        this.frame = coroutine;
    }

    /** This. */
    abstract Task<T> task();

    final int phase() {
        return status & Phase.MASK;
    }

    final void phase(int phase) {
        status = (status & ~Phase.MASK) | phase;
    }

    // ---- its steps

    @Override
    void run() {
        int phase = phase();
        if (phase == Phase.QUEUED || (phase == Phase.CREATED && prev == null)) {
            step(prev);
        } else {
            runSeldom(phase);
        }
    }

    private void runSeldom(int phase) {
        if (phase == Phase.EXPIRED) {
            phase(Phase.QUEUED);
            loop.ready(this);
        } else if (phase == Phase.CREATED && prev instanceof Request request) {
            conclude(request.delivered()); // cancelled before: nothing of it runs
        } // else displaced: this handle of its timer has lost its meaning
    }

    /** The stand-in's turn: now the step. */
    void runDisplaced() {
        loop.running(task());
        phase(Phase.QUEUED);
        step(prev);
    }

    private void step(@Nullable Timed source) {
        phase(Phase.RUNNING);
        Object value = null;
        if (source != null) {
            prev = null;
            value = brought(source);
        }
        drive(frame, value);
    }

    private @Nullable Object brought(Timed source) {
        Object result =
                source instanceof Deferred<?> deferred
                        ? deferred.delivered()
                        : ((Request) source).delivered();
        if (result instanceof Thrown thrown) {
            Traces.arriving(thrown, task());
        }
        return result;
    }

    /** Resumes {@code frame}, and as long as what it runs ends, its awaiters. */
    private void drive(@Nullable Coroutine<?> frame, @Nullable Object value) {
        while (frame != null && !(frame instanceof Mark)) {
            loop.depth = 0;
            Object result;
            try {
                result = frame.run(task(), value);
            } catch (Throwable exception) {
                result = caught(exception, value);
            }
            if (result != Coroutine.SUSPENDED) {
                frame = frame.awaiter;
                this.frame = frame;
                value = result instanceof Unboxed unboxed ? (Object) unboxed.number : result;
            } else if (phase() == Phase.RUNNING) {
                frame = this.frame; // begins here: it was too deep for the Java stack
                value = null;
            } else {
                return;
            }
        }
        conclude(value);
    }

    private Thrown caught(Throwable exception, @Nullable Object value) {
        if (value instanceof Thrown thrown && thrown.exception == exception) {
            return thrown;
        }
        Thrown thrown = new Thrown(Traces.crossed(exception, task()));
        thrown.traced = true;
        if (Thrown.fatal(exception)) {
            thrown.seen(); // it comes out of run
            conclude(thrown);
            throw Thrown.sneak(exception);
        }
        return thrown;
    }

    private void conclude(@Nullable Object result) {
        Object outcome = result;
        if (prev instanceof Request request && !(result instanceof Thrown)) {
            outcome = request.delivered(); // it has cancelled itself and then returned
        }
        prev = null;
        frame = null;
        phase(Phase.ENDED);
        loop.tasks.remove(task());
        if (outcome instanceof Thrown thrown && !thrown.cancelled()) {
            if (thrown.seen) {
                thrown = thrown.ownedByAnother(); // this task awaited it; who looks at this one?
                outcome = thrown;
            }
            loop.failures.keep(
                    thrown, this, "task " + task().name() + " failed and nobody looked at it");
        }
        end(outcome);
    }

    // ---- how it suspends

    /** Suspends in {@code awaiter} until {@code deferred}, which is pending, has ended. */
    Object waitFor(Deferred<?> deferred, Coroutine<?> awaiter) {
        if (deferred == this) {
            throw new IllegalStateException(
                    "task " + task().name() + " awaits itself and would wait for ever");
        }
        Timed held = prev;
        suspendIn(awaiter);
        phase(Phase.WAITING);
        prev = deferred;
        deferred.addWaiter(this);
        if (held instanceof Request request && !deferred.stop(request.message)) {
            hold(request.message); // another thread has ended it in this moment
        }
        expireIfOverdue();
        return Coroutine.SUSPENDED;
    }

    /** Suspends in {@code awaiter}, to be resumed in the next iteration. */
    Object giveTurn(Coroutine<?> awaiter) {
        suspendIn(awaiter);
        phase(Phase.QUEUED);
        loop.ready(this);
        expireIfOverdue();
        return Coroutine.SUSPENDED;
    }

    /** Suspends in {@code awaiter} for {@code nanos}; {@code Long.MAX_VALUE} is for ever. */
    Object sleep(long nanos, Coroutine<?> awaiter) {
        if (prev instanceof Request request) {
            prev = Request.forwarded(request.message);
            return giveTurn(awaiter);
        }
        suspendIn(awaiter);
        long deadline = loop.deadline(nanos);
        if (deadline == Long.MAX_VALUE) {
            phase(Phase.PARKED);
        } else {
            phase(Phase.SLEEPING);
            this.deadline = deadline;
            loop.timers.add(this);
        }
        expireIfOverdue();
        return Coroutine.SUSPENDED;
    }

    private void suspendIn(Coroutine<?> awaiter) {
        // In a loop it mostly is, and a comparison is cheaper than the collector's write barrier.
        if (frame != awaiter) {
            frame = awaiter;
        }
    }

    /** Suspends in {@code awaiter} until {@link #unpark}. */
    Object park(Coroutine<?> awaiter) {
        if (prev instanceof Request request) {
            prev = Request.forwarded(request.message);
            awaiter.interrupted();
            return giveTurn(awaiter);
        }
        frame = awaiter;
        phase(Phase.PARKED);
        expireIfOverdue();
        return Coroutine.SUSPENDED;
    }

    void unpark() {
        if (phase() == Phase.PARKED) {
            phase(Phase.QUEUED);
            loop.ready(this);
        }
    }

    @Override
    void due() {
        phase(Phase.EXPIRED);
    }

    @Override
    void woken() {
        phase(Phase.QUEUED);
    }

    /**
     * Keeps a request for the task's next step or suspension; the first one counts. (A task may
     * still be in line at something that another thread has just ended: then the wake-up is on its
     * way, and finds this.)
     */
    final void hold(@Nullable String message) {
        if (!(prev instanceof Request)) {
            prev = Request.held(message, prev);
        }
    }

    // ---- timeouts around what it runs

    /**
     * A timeout has expired while the task could not be interrupted: it is held until the task
     * suspends.
     */
    void overdue() {
        status |= Phase.OVERDUE;
    }

    private void expireIfOverdue() {
        if ((status & Phase.OVERDUE) != 0) {
            expire();
        }
    }

    private void expire() {
        status &= ~Phase.OVERDUE;
        Timeout<?> outermost = null;
        for (Coroutine<?> c = frame; c != null; c = c.awaiter) {
            if (c instanceof Timeout<?> timeout) {
                outermost = timeout.outermost(outermost);
            }
        }
        if (outermost != null) {
            outermost.expire();
        }
    }
}
