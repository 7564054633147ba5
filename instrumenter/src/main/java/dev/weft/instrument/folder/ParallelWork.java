package dev.weft.instrument.folder;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function to each element of a list, on several threads that end before the call does.
 *
 * <p>Threads claim the elements in the order of the list, and no element is claimed after a
 * failure. So every element before a failed one is complete, and the first failure in the order of
 * the list is the same in every run. The calling thread only waits: all elements see the same depth
 * of stack, and an interrupt ends the wait.
 */
final class ParallelWork<T, R> {

    private final List<T> inputs;
    private final Function<T, R> function;
    private final List<@Nullable R> results = new ArrayList<>();
    private final AtomicInteger claimed = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private int failedAt = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    private ParallelWork(List<T> inputs, Function<T, R> function) {
        this.inputs = inputs;
        this.function = function;
        for (int i = 0; i < inputs.size(); i++) {
            results.add(null);
        }
    }

    /**
     * Returns the results in the order of the inputs.
     *
     * @param most the largest number of threads
     * @throws InterruptedIOException when the calling thread is interrupted, which it stays
     */
    static <T, R> List<R> map(List<T> inputs, int most, Function<T, R> function)
            throws InterruptedIOException {
        return new ParallelWork<>(inputs, function).run(Math.min(most, inputs.size()));
    }

    private List<R> run(int most) throws InterruptedIOException {
        boolean interrupted;
        try {
            start(most);
        } finally {
            interrupted = await();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compiling class files");
        }
        rethrow();
        return complete();
    }

    private void start(int most) {
        for (int i = 1; i <= most; i++) {
            Thread thread = new Thread(this::work, "weft-compiler-" + i);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError noThread) {
                if (threads.isEmpty()) {
                    throw noThread;
                }
                return; // those that did start do all the work
            }
            threads.add(thread);
        }
    }

    /** Waits for the end of all threads. Returns whether this thread was interrupted meanwhile. */
    private boolean await() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopped = true;
                }
            }
        }
        return interrupted || Thread.interrupted();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever fails is thrown by the calling thread
    private void work() {
        int index = -1;
        try {
            for (index = claim(); index >= 0; index = claim()) {
                put(index, function.apply(inputs.get(index)));
            }
        } catch (Throwable thrown) {
            fail(index, thrown);
        }
    }

    /** Returns the index of the next element; -1 if there is none to do. */
    private int claim() {
        if (stopped) {
            return -1;
        }
        int next = claimed.getAndIncrement();
        return next < inputs.size() ? next : -1;
    }

    private synchronized void put(int index, R result) {
        results.set(index, result);
    }

    private synchronized void fail(int index, Throwable thrown) {
        stopped = true;
        if (index < failedAt) {
            failedAt = index;
            failure = thrown;
        }
    }

    private synchronized void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private synchronized List<R> complete() {
        List<R> all = new ArrayList<>(results.size());
        for (R result : results) {
            if (result != null) {
                all.add(result);
            }
        }
        return all;
    }
}
