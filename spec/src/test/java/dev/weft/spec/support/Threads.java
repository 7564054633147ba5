package dev.weft.spec.support;

/** The states of threads. */
public final class Threads {
    private Threads() {}

    /** Waits until a thread has parked or blocked, and returns true. */
    public static boolean hasParked(Thread thread) {
        while (thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return true;
    }
}
