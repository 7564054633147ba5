package dev.weft;

import dev.weft.internal.handin.Inbox;
import dev.weft.internal.time.Clock;
import dev.weft.internal.time.Timed;
import dev.weft.internal.time.Wheel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is ready on an {@link EventLoop}, its only subclass, and the endless loop that runs it: the
 * ready queue, a list through its entries; the timers; what other threads hand in; what is running.
 */
abstract class LoopCore {
    final Wheel timers = new Wheel();

    /** How many inline awaits are nested on the Java stack; see {@link Coroutine#begin}. */
    int depth;

    final Unboxed unboxed = new Unboxed();

    /** How many things outside the loop are awaited that will hand something in. */
    int outside;

    /** The exception whose stack trace is complete, while it flies; see {@link Traces}. */
    @Nullable Throwable traced;

    final Thread thread = Thread.currentThread();
    final Clock clock;
    private final Inbox<Entry> inbox = new Inbox<>();
    private final Inbox.Reader<Entry> reader =
            new Inbox.Reader<>() {
                @Override
                public void take(Entry entry) {
                    ready(entry);
                }
            };

    /** In debug mode, who times the steps. */
    final @Nullable StepWatch stepWatch;

    /** In what order it runs what is ready; null for the order of the queue. Set before it runs. */
    @Nullable Shuffle shuffle;

    private @Nullable Entry head;
    private @Nullable Entry tail;

    /**
     * How often a handle has pumped the loop: the pass below it ends then, because what it was to
     * run has run.
     */
    private int pumps;

    private @Nullable Entry running;
    private @Nullable Context context;

    LoopCore(Clock clock, boolean debug) {
        this.clock = clock;
        this.stepWatch = debug ? new StepWatch(thread) : null;
    }

    /** Its thread was interrupted. */
    abstract void interrupted();

    /** Nothing is ready: time for what can wait. */
    abstract void beforeIdle();

    /** Queues {@code entry}, which is in no list, so that its {@code next} is null. */
    final void ready(Entry entry) {
        Entry last = tail;
        tail = entry;
        if (head == null || last == null) {
            head = entry;
        } else {
            last.next = entry;
        }
    }

    /** Has {@code entry} run on the loop; any other thread. */
    final void handIn(Entry entry) {
        if (inbox.add(entry)) {
            LockSupport.unpark(thread);
        }
    }

    /** When {@code nanos} from now will be over; {@code Long.MAX_VALUE} for never. */
    final long deadline(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return nanos;
        }
        long now = clock.now();
        long deadline = now + nanos;
        return ((now ^ deadline) & (nanos ^ deadline)) < 0
                ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
                : deadline;
    }

    /** {@code task} runs in place of the handle that stands for it. */
    final void running(Task<?> task) {
        running = task;
    }

    final @Nullable Task<?> currentTask() {
        return running instanceof Task<?> task ? task : null;
    }

    final @Nullable Context context() {
        return running == null ? context : running.context();
    }

    final void context(@Nullable Context context) {
        if (running == null) {
            this.context = context;
        } else {
            running.context(context);
        }
    }

    /**
     * Runs iterations until {@code condition} holds.
     *
     * @return false if it does not hold and nothing can happen any more
     */
    final boolean runUntil(Condition condition) {
        try {
            while (!condition.holds()) {
                if (head == null && !idle(condition.patience())) {
                    return false;
                }
                if (thread.isInterrupted()) {
                    interrupted();
                }
                inbox.drainTo(reader);
                takeDue();
                if (shuffle != null) {
                    permute(shuffle);
                }
                pass();
            }
            return true;
        } finally {
            running = null;
            traced = null;
        }
    }

    /** What ends a run of the loop. */
    interface Condition {
        boolean holds();

        /** How many nanoseconds of real time the loop may sleep before it must ask again. */
        default long patience() {
            return Long.MAX_VALUE;
        }
    }

    private boolean idle(long patience) {
        tail = null; // the queue is empty, and must not keep alive what was last in it
        beforeIdle();
        if (!inbox.sleep()) {
            return true;
        }
        try {
            long deadline = timers.next();
            boolean alone = timers.size() == 1;
            return clock.idle(new Clock.Rest(deadline, alone, outside > 0, patience));
        } finally {
            inbox.wake();
        }
    }

    private void takeDue() {
        if (timers.isEmpty()) {
            return;
        }
        long now = clock.now();
        for (Timed timer = timers.poll(now); timer != null; timer = timers.poll(now)) {
            Entry entry = (Entry) timer;
            entry.due();
            ready(entry);
        }
    }

    private void permute(Shuffle shuffle) {
        Entry first = head;
        head = null;
        tail = null;
        for (Entry entry : shuffle.permuted(first)) {
            ready(entry);
        }
    }

    /**
     * Runs what is ready now. Stores of references are the dearest thing here, so none is made that
     * changes nothing.
     */
    private void pass() {
        Entry last = tail;
        int pumps = this.pumps;
        Entry entry = head;
        while (entry != null) {
            Entry next = (Entry) entry.next;
            head = next;
            if (next != null) {
                entry.next = null;
            }
            running = entry;
            if (stepWatch == null) {
                entry.run();
            } else {
                stepWatch.run(entry);
            }
            entry = entry == last || pumps != this.pumps ? null : head;
        }
        running = null;
        if (traced != null) {
            traced = null;
        }
    }

    /**
     * Runs {@code main} beside the others while the step of the current task waits on the Java
     * stack.
     *
     * @return as {@link #runUntil}
     */
    final boolean pump(Condition condition) {
        Entry outer = running;
        int outerDepth = depth;
        running = null;
        try {
            return runUntil(condition);
        } finally {
            depth = outerDepth;
            running = outer;
            pumps++;
        }
    }

    /** Rejects from now on what is handed in; what was accepted is ready. */
    final void rejectHandIns() {
        inbox.close(reader);
    }

    final boolean hasWork() {
        return head != null || !inbox.isEmpty();
    }
}
