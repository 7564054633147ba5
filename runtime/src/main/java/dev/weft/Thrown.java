package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of something that threw; where a value is expected, its being of this class says that
 * there is none. Never leaves the runtime.
 */
final class Thrown {
    final Throwable exception;

    /**
     * Whether the chain of awaits that it crossed first stands in its stack trace (rule 36). Loop's
     * thread only.
     */
    boolean traced;

    /** Whether somebody has looked at it. */
    volatile boolean seen;

    /**
     * Where it is kept until somebody has looked at it; null if nobody needs to, or somebody has.
     */
    volatile Failures.@Nullable Unseen unseen;

    Thrown(Throwable exception) {
        this.exception = exception;
    }

    boolean cancelled() {
        return exception instanceof CancelledError;
    }

    /** Somebody has learned of it: it needs no report any more. Any thread. */
    Thrown seen() {
        seen = true;
        Failures.Unseen kept = unseen;
        if (kept != null) {
            unseen = null;
            kept.forget();
        }
        return this;
    }

    /** The same as the failure of another one, which has its own lookers. */
    Thrown ownedByAnother() {
        Thrown other = new Thrown(exception);
        other.traced = traced;
        other.seen = fatal(exception); // that comes out of run
        return other;
    }

    /** Its class and message, also if it cannot say them. */
    static String text(Throwable exception) {
        try {
            return exception.toString();
        } catch (RuntimeException unprintable) {
            return exception.getClass().getName();
        }
    }

    /** What must stop the loop instead of being the failure of a task (rule 29). */
    @SuppressWarnings("removal") // ThreadDeath is still thrown by Thread.stop on Java 17
    static boolean fatal(Throwable exception) {
        return (exception instanceof VirtualMachineError
                        && !(exception instanceof StackOverflowError))
                || exception instanceof ThreadDeath;
    }

    /** Throws anything as it is: awaits declare nothing that javac could not see at the call. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
