package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls of a service for some time after several calls in a row have failed, so that the
 * service can recover and callers need not wait for failures.
 *
 * <pre>{@code
 * private final CircuitBreaker breaker = CircuitBreaker.of(3, ofSeconds(30));
 *
 * Coroutine<String> fetchGuarded(String url) {
 *     return breaker.call(() -> fetch(url)); // CircuitOpenException after three failures in a row
 * }
 * }</pre>
 *
 * <pre>
 *            so many failures in a row                   the time has passed
 *   CLOSED ----------------------------&gt; OPEN -------------------------------&gt; HALF_OPEN
 *     ^                                    ^                                     |   |
 *     |                                    '------------ the trial fails --------'   |
 *     '-------------------------------- the trial succeeds --------------------------'
 * </pre>
 *
 * <p>A call counts only in the state in which it began: the end of a call that began before a
 * change of the state changes nothing. A call that is cancelled counts neither as a failure nor as
 * a success; a cancelled trial makes room for another one. The rules for loops and threads are
 * those of {@link dev.weft.resilience the package}.
 */
public final class CircuitBreaker {
    /** The states of a circuit breaker. */
    public enum State {
        /** Calls pass. */
        CLOSED,
        /** Calls are refused. */
        OPEN,
        /** One call at a time passes, as a trial. Other calls are refused. */
        HALF_OPEN
    }

    private final LoopClock clock = new LoopClock("CircuitBreaker");
    private final int failures;
    private final long open;

    private boolean isClosed = true;

    /** The number of failures in a row, while closed. */
    private int failed;

    /** The time from which a trial may pass, unless closed. */
    private long until;

    /** The running trial, or null. */
    private @Nullable GuardedCall<?> trial;

    /** The number of changes of the state. */
    private long changes;

    private CircuitBreaker(int failures, Duration open) {
        this.failures = Arguments.atLeastOne("failures", failures);
        this.open = Arguments.nanos(Arguments.positive("open", open));
    }

    /**
     * Creates a closed circuit breaker that opens after {@code failures} failures in a row, and
     * lets a trial pass when it has been open for the time {@code open}.
     *
     * @throws IllegalArgumentException if {@code failures} is less than 1, or {@code open} is not
     *     positive
     */
    public static CircuitBreaker of(int failures, Duration open) {
        return new CircuitBreaker(failures, open);
    }

    /**
     * Calls {@code body} and runs its coroutine in the current task, unless this is open. Has the
     * body's result; throws what the body or its call throws.
     *
     * @throws CircuitOpenException when awaited, if the call is refused
     */
    public <T> Coroutine<T> call(AsyncCallable<T> body) {
        clock.checkThread("call");
        return new GuardedCall<>(this, Arguments.notNull("body", body));
    }

    /** Returns the state now. */
    public State state() {
        clock.checkThread("state");
        if (isClosed) {
            return State.CLOSED;
        }
        return clock.now("state") < until ? State.OPEN : State.HALF_OPEN;
    }

    /**
     * Lets {@code call} begin, in the step of {@code task}.
     *
     * @return the number of changes of the state so far
     */
    long admit(GuardedCall<?> call, Task<?> task) {
        long now = clock.now(task);
        if (!isClosed) {
            if (now < until) {
                throw new CircuitOpenException(
                        "the circuit breaker is open for another " + Duration.ofNanos(until - now),
                        until);
            }
            if (trial != null) {
                throw new CircuitOpenException(
                        "the circuit breaker is half open, and a trial is running", until);
            }
            trial = call;
        }
        return changes;
    }

    /** Takes note of the value of a call. */
    void succeeded(GuardedCall<?> call) {
        if (call == trial) {
            isClosed = true;
            changed();
        } else if (isClosed && call.changesBefore() == changes) {
            failed = 0;
        }
    }

    /** Takes note of the failure of a call. */
    void failed(GuardedCall<?> call, Task<?> task) {
        boolean counts = isClosed && call.changesBefore() == changes;
        if (call == trial || (counts && ++failed >= failures)) {
            long now = clock.now(task);
            until = now + open < now ? Long.MAX_VALUE : now + open;
            isClosed = false;
            changed();
        }
    }

    private void changed() {
        trial = null;
        failed = 0;
        changes++;
    }

    /** Takes note of a call that was cancelled. */
    void cancelled(GuardedCall<?> call) {
        if (call == trial) {
            trial = null;
        }
    }
}
