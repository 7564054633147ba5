package dev.weft;

import dev.weft.internal.report.UnseenFailures;
import org.jspecify.annotations.Nullable;

/**
 * A failed outcome. Stored in place of a value to mark that the operation threw. This class is for
 * cancellations, of which a million may exist at the same time, and its subclass {@link Failure}
 * for failures. Never leaves the runtime.
 */
class Thrown {
    final Throwable exception;

    private Thrown(Throwable exception) {
        this.exception = exception;
    }

    static Thrown of(Throwable exception) {
        return exception instanceof CancelledError
                ? new Thrown(exception)
                : new Failure(exception, isFatal(exception));
    }

    /**
     * Creates the outcome of work on another thread. {@code run} does not throw a fatal error of
     * that work; the error is reported unless code looks at it.
     */
    static Thrown ofWork(Throwable exception) {
        return exception instanceof CancelledError
                ? new Thrown(exception)
                : new Failure(exception, false);
    }

    /** Creates the outcome of an operation that the runtime has cancelled. */
    static Thrown cancellation(@Nullable String message) {
        return new Thrown(CancelledError.withoutTrace(message));
    }

    final boolean isCancellation() {
        return exception instanceof CancelledError;
    }

    /** Records that code has looked at this, so that no report is needed. Any thread. */
    Thrown seen() {
        return this;
    }

    /** Returns whether code has looked at this (rule 28). */
    boolean isSeen() {
        return true;
    }

    /** Returns whether this is the first call: then the trace is to be completed (rule 36). */
    boolean startTrace() {
        return ((CancelledError) exception).startTrace();
    }

    /** Copies this for another owner, so that each tracks separately whether it was seen. */
    final Thrown forAnotherOwner() {
        Thrown copy = comesOutOfRun() ? of(exception) : ofWork(exception);
        copy.startTrace();
        return copy;
    }

    /** Returns whether a fatal error has ended the loop, and needs no report. */
    boolean comesOutOfRun() {
        return true;
    }

    /** An outcome that is reported unless code looks at it. */
    static final class Failure extends Thrown {
        /** True if the trace has been completed. Loop's thread. */
        private boolean isTraced;

        private volatile boolean isSeen;

        private final boolean comesOutOfRun;

        /** The entry in the list of unseen failures; null if none is needed. */
        private volatile UnseenFailures.@Nullable Entry unseen;

        /** A fatal error that {@code run} throws counts as seen. */
        private Failure(Throwable exception, boolean comesOutOfRun) {
            super(exception);
            this.comesOutOfRun = comesOutOfRun;
            this.isSeen = comesOutOfRun;
        }

        @Override
        boolean comesOutOfRun() {
            return comesOutOfRun;
        }

        @Override
        Thrown seen() {
            isSeen = true;
            UnseenFailures.Entry entry = unseen;
            if (entry != null) {
                unseen = null;
                entry.forget();
            }
            return this;
        }

        @Override
        boolean isSeen() {
            return isSeen;
        }

        /** Records the entry in the list of unseen failures. */
        void keptAs(UnseenFailures.Entry entry) {
            unseen = entry;
            if (isSeen) {
                entry.forget(); // another thread has looked before it could find the entry
            }
        }

        @Override
        boolean startTrace() {
            boolean isFirst = !isTraced;
            isTraced = true;
            return isFirst;
        }
    }

    /** Returns whether the error must stop the loop instead of failing one task (rule 29). */
    @SuppressWarnings("removal") // ThreadDeath is still thrown by Thread.stop on Java 17
    static boolean isFatal(Throwable exception) {
        return (exception instanceof VirtualMachineError
                        && !(exception instanceof StackOverflowError))
                || exception instanceof ThreadDeath;
    }

    /** Throws any exception unwrapped, whatever the caller declares. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
