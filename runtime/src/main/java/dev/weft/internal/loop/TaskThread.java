package dev.weft.internal.loop;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one task, with {@code -Dweft.debugger=true}. A suspended task keeps its Java frames
 * on this thread, so a debugger sees calls where the source has awaits.
 *
 * <p>Threads run one at a time. {@link #resume} is like a call: the caller waits until this thread
 * calls {@link #pause} or ends. The caller is the loop's thread or, in a nested run, the thread of
 * another task. An interrupt of the caller is passed on to this thread, and one that this thread
 * has not used is passed back. An interrupt of this thread while it waits interrupts the thread
 * that runs.
 */
public final class TaskThread extends Thread {
    /** The recursion of a task has this stack. The memory is reserved, and used when needed. */
    private static final long STACK_BYTES = 64L << 20;

    /** The awaits of a dropped task that throw. Later ones wait for ever, as in an endless loop. */
    private static final int LAST_AWAITS = 100;

    private static final String IDLE = "weft-idle";

    private final Loop loop;
    private final Object baton = new Object();

    /** The thread that waits in {@link #resume}; null while this thread waits. By the baton. */
    private @Nullable Thread resumer;

    /** The thread that went on when this one last began to wait. By the baton. */
    private Thread successor;

    /** The task's steps; null after their end. */
    private @Nullable Runnable body;

    private @Nullable Throwable thrown;
    private int lastAwaits;
    private volatile boolean isDropped;

    /** Thrown by the awaits of a task that its loop has dropped. */
    private static final class Dropped extends Error {
        private static final long serialVersionUID = 1;

        Dropped() {
            super("the event loop has closed before this task has ended", null, false, false);
        }
    }

    /** Creates a thread that is not started, and has no task. */
    public TaskThread(Loop loop) {
        super(null, null, IDLE, STACK_BYTES);
        this.loop = loop;
        successor = loop.thread;
        setDaemon(true);
    }

    /** Returns the thread of the loop. */
    Thread home() {
        return loop.thread;
    }

    // ---- for the thread that resumes this one

    /** Gives this thread, which has no task, the steps of a task for the next {@link #resume}. */
    public void begin(Runnable steps) {
        body = steps;
    }

    /** Returns whether the steps have ended. Then this thread waits for another task. */
    public boolean isIdle() {
        return body == null;
    }

    /** Runs this thread until it pauses or ends. Throws what its body throws. */
    public void resume(String name) {
        if (!name.equals(getName())) {
            setName(name);
        }
        TaskThread outer = loop.taskThread();
        loop.taskThread(this);
        try {
            handOver(Long.MAX_VALUE);
        } finally {
            loop.taskThread(outer);
        }
        Throwable exception = thrown;
        if (body == null) {
            setName(IDLE);
        }
        if (exception != null) {
            thrown = null;
            throw sneak(exception);
        }
    }

    /**
     * Ends this thread, which is not resumed any more. If its task has paused, the await throws.
     *
     * @param nanos the longest wait for the end
     */
    public void drop(long nanos) {
        isDropped = true;
        if (getState() != State.NEW) {
            handOver(nanos);
        }
    }

    @SuppressWarnings("unchecked") // throws any exception unwrapped
    private static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        throw (X) exception;
    }

    /** The operating system gives no further thread. */
    public static final class NoThreadError extends Error {
        private static final long serialVersionUID = 1;

        private NoThreadError(OutOfMemoryError cause) {
            super(cause);
        }
    }

    /** Interrupts this thread or, if this one waits, the thread that runs instead. */
    @Override
    public void interrupt() {
        Thread running;
        synchronized (baton) {
            if (resumer != null) {
                super.interrupt();
                return;
            }
            running = successor; // or a thread that has paused since, and passes this on
        }
        running.interrupt();
    }

    private void handOver(long nanos) {
        long end = System.nanoTime() + nanos;
        synchronized (baton) {
            resumer = Thread.currentThread();
            if (getState() == State.NEW) {
                try {
                    start();
                } catch (OutOfMemoryError none) {
                    resumer = null;
                    throw new NoThreadError(none);
                }
            }
            if (Thread.interrupted()) {
                interrupt();
            }
            baton.notifyAll();
            long left = nanos;
            while (resumer != null && left > 0) {
                try {
                    baton.wait(left == Long.MAX_VALUE ? 0 : left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    (resumer == null ? Thread.currentThread() : this).interrupt();
                }
                left = nanos == Long.MAX_VALUE ? nanos : end - System.nanoTime();
            }
        }
    }

    /** Returns the thread that waits for this one, which runs. */
    public @Nullable Thread resumer() {
        synchronized (baton) {
            return resumer;
        }
    }

    // ---- for this thread

    @Override
    public void run() {
        synchronized (baton) { // begins when the caller waits
            CurrentLoop.enter(loop);
        }
        while (body != null) {
            try {
                body.run();
            } catch (Throwable exception) {
                thrown = exception;
            }
            body = null;
            if (!isDropped) {
                await();
            }
        }
        synchronized (baton) {
            handBack();
        }
    }

    private void handBack() {
        Thread waiting = resumer;
        resumer = null;
        if (waiting != null) {
            successor = waiting;
            if (Thread.interrupted()) {
                waiting.interrupt();
            }
        }
        baton.notifyAll();
    }

    /** Lets the caller of {@link #resume} go on, and waits for the next call. */
    public void pause() {
        if (isDropped) {
            awaitOfDropped();
        }
        await();
        if (isDropped) {
            throw new Dropped();
        }
    }

    private void await() {
        boolean isInterrupted = false;
        synchronized (baton) {
            handBack();
            while (resumer == null) {
                try {
                    baton.wait();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            interrupt();
        }
    }

    private void awaitOfDropped() {
        if (++lastAwaits < LAST_AWAITS) {
            throw new Dropped();
        }
        synchronized (baton) {
            handBack();
        }
        while (true) { // the code of the task would never end
            LockSupport.park(this);
            Thread.interrupted(); // or the next park would return at once
        }
    }
}
