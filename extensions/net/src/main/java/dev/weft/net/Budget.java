package dev.weft.net;

/**
 * The number of operations of a thread's loop that may go on without a wait. A task that is never
 * made to wait, such as a sender to a fast reader, would otherwise hold the loop. After that number
 * an operation gives up its turn once.
 */
final class Budget {
    private static final int OPERATIONS = 64;
    private static final ThreadLocal<Budget> OF_THREAD = ThreadLocal.withInitial(Budget::new);

    private int left = OPERATIONS;

    private Budget() {}

    static Budget ofThread() {
        return OF_THREAD.get();
    }

    /** Uses up one operation. Returns false, and starts again, if there was none left. */
    boolean take() {
        if (--left >= 0) {
            return true;
        }
        left = OPERATIONS;
        return false;
    }

    /** Starts again: the loop has polled. */
    void reset() {
        left = OPERATIONS;
    }
}
