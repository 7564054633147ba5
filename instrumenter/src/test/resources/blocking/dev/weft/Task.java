package dev.weft;

/** The only task of the blocking stand-in: its cancellations. */
public class Task<T> extends Promise<T> {
    private static final Task<Object> ONLY = new Task<>();

    private static boolean isCancelled;
    private static boolean isShielded;

    public static Task<?> current() {
        return ONLY;
    }

    public boolean cancel() {
        isCancelled = true;
        return true;
    }

    /** Called where a task suspends: throws the cancellation, unless something is being closed. */
    static void suspend() {
        if (isCancelled && !isShielded) {
            isCancelled = false;
            throw new CancelledError();
        }
    }

    static void begin() {
        isCancelled = false;
        isShielded = false;
    }

    /** Drops a cancellation that waits. */
    static void forget() {
        isCancelled = false;
    }

    /** Lets cancellations wait. Returns whether they wait already. */
    static boolean shield() {
        boolean outer = isShielded;
        isShielded = true;
        return outer;
    }

    /** Undoes the same, and throws a cancellation that has come, unless a failure is thrown. */
    static void unshield(boolean outer, boolean hasFailed) {
        isShielded = outer;
        if (!hasFailed) {
            suspend();
        }
    }
}
