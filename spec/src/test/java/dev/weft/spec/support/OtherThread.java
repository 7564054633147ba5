package dev.weft.spec.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Threads beside the thread of the test, named "elsewhere". */
public final class OtherThread {
    /** The name of each of these threads. */
    public static final String NAME = "elsewhere";

    /** Code that may throw anything. */
    public interface Action {
        /** Runs the code. */
        void run() throws Throwable;
    }

    private OtherThread() {}

    /** Starts a thread that calls {@code action}, and returns its result to come. */
    public static <T> FutureTask<T> start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Calls {@code action} on another thread, waits for its end, and returns its result. */
    public static <T> T call(Callable<T> action) throws Exception {
        return start(action).get();
    }

    /** Runs {@code action} on another thread and waits for its end. */
    public static void run(Action action) {
        Throwable thrown = thrownBy(action);
        if (thrown != null) {
            throw new AssertionError(thrown);
        }
    }

    /**
     * Returns the exception that {@code action} throws on another thread, or null. The action may
     * interrupt the caller, which stays interrupted.
     */
    public static Throwable thrownBy(Action action) {
        FutureTask<Throwable> task =
                start(
                        () -> {
                            try {
                                action.run();
                            } catch (Throwable thrown) {
                                return thrown;
                            }
                            return null;
                        });
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException byTheAction) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
