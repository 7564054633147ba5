package dev.weft.internal.loop;

import dev.weft.internal.age.Ages;
import dev.weft.internal.idle.Inbox;
import dev.weft.internal.idle.Parking;
import dev.weft.internal.time.Clock;
import dev.weft.internal.time.Node;
import dev.weft.internal.time.VirtualClock;
import dev.weft.internal.time.Wheel;
import dev.weft.io.Poller;
import dev.weft.observe.LoopObserver;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An event loop without tasks: the ready queue, the timers, the inbox of other threads, and the
 * only endless loop of the runtime. It belongs to the thread that created it; only {@link #handIn}
 * and the reads of constants may be called by other threads.
 */
public abstract class Loop implements Inbox.Reader<Turn> {
    final Unboxed unboxedInt = Unboxed.ofInts();
    final Unboxed unboxedLong = Unboxed.ofLongs();
    final Unboxed unboxedDouble = Unboxed.ofDoubles();

    /** The thread of this loop. */
    public final Thread thread = CurrentLoop.thread();

    /** The thread of the task that runs; null outside of tasks, or if tasks have no threads. */
    private volatile @Nullable TaskThread taskThread;

    /**
     * The pending timers. Replaced when the loop closes, so that a closed loop keeps no timer
     * alive.
     */
    public Wheel timers = new Wheel();

    private final Clock clock;
    private final Parking parking = new Parking(Thread.currentThread());

    /**
     * The place where this loop waits. Written by the loop's thread before the exchange in the
     * inbox that announces a sleep; read by another thread after it has seen that exchange.
     */
    private Poller poller = parking;

    private final Inbox<Turn> inbox = new Inbox<>();

    /** True while this loop waits in the poller. */
    private boolean isPolling;

    /** The looks at the poller while turns are ready; null while the loop parks. */
    private @Nullable Glances glances;

    /** True if the last wait has made nothing ready. */
    private boolean wasQuiet;

    /** Tells observers what happens. Null while there are none. Read by the watch too. */
    private @Nullable Observation observation;

    private final @Nullable Shuffle shuffle;

    /** The source of random numbers. Null until the first use. */
    private @Nullable SplittableRandom random;

    /** The ready queue, linked forward. {@code tail} is undefined while {@code head} is null. */
    private @Nullable Turn head;

    private @Nullable Turn tail;
    private @Nullable Turn running;

    /** The task-local values outside of any turn. */
    private @Nullable TaskLocals locals;

    /**
     * The number of nested runs so far. A nested run also runs the turns of the pass that contains
     * it, so that pass ends.
     */
    private int pumps;

    /**
     * True if the next iteration calls {@link #attend}. Set by the watch from time to time; always
     * set in a shuffled loop.
     */
    private boolean needsAttention;

    /**
     * The number of calls of {@link #attend}. If it grows, the watch sees that the loop is not
     * blocked.
     */
    private int attended;

    /** The number of awaited results that other threads will hand in. */
    private int outside;

    /** True if the loop waits for other threads when nothing else can happen. */
    private boolean staysOpen;

    private boolean open;

    /** Samples of {@link #lastTaskNumber}, taken by the watch. */
    private volatile @Nullable Ages ages;

    /** The loop of the same thread in whose step this one runs. */
    private @Nullable Loop outer;

    /** The number of this loop among those of the JVM; 0 before it is registered. */
    private volatile int number;

    /** Creates a loop for the calling thread. */
    protected Loop(Clock clock, @Nullable Shuffle shuffle) {
        this.clock = clock;
        this.shuffle = shuffle;
        this.needsAttention = shuffle != null;
    }

    /** Returns the number of the task that was created last. Any thread, perhaps a moment late. */
    public abstract long lastTaskNumber();

    /** Requests the end of the current run. Any thread. */
    public abstract void endRun(String reason);

    /** Returns a walk over the tasks, which has not begun. Any thread. */
    public abstract Walk walk(LoopQuestion.Wanted wanted);

    /**
     * Requests the cancellation of the task with this number. Returns whether there is one. Loop's
     * thread.
     */
    public abstract boolean cancelTask(long number, String message);

    /** Called in an iteration if the loop's thread is interrupted. */
    protected abstract void interrupted();

    /** Called when nothing is ready, and a few times a second otherwise. May schedule turns. */
    protected abstract void housekeep();

    /** Returns the number of this loop: 1, 2, ... in the order of creation. Any thread. */
    public final int number() {
        return number;
    }

    final void number(int number) {
        this.number = number;
    }

    // ---- the current loop of a thread

    /** Makes this the current loop of its thread, until {@link #leaveThread}. */
    public void enterThread() {
        open = true;
        outer = CurrentLoop.enter(this);
        LoopWatch.add(this);
    }

    /** Makes the loop current again that was current before {@link #enterThread}. */
    public void leaveThread() {
        LoopWatch.remove(this);
        open = false;
        CurrentLoop.leave(outer);
        outer = null;
    }

    /** Returns whether this loop is between {@link #enterThread} and {@link #leaveThread}. */
    public final boolean isOpen() {
        return open;
    }

    /** Returns whether the current thread is that of this loop, or of one of its tasks. */
    public final boolean isOwnThread() {
        return Thread.currentThread() == thread
                || (CurrentLoop.HAS_TASK_THREADS && CurrentLoop.thread() == thread);
    }

    /** Returns the thread that runs code of this loop now. Any thread. */
    public final Thread liveThread() {
        TaskThread live = taskThread;
        return live == null ? thread : live;
    }

    @Nullable TaskThread taskThread() {
        return taskThread;
    }

    void taskThread(@Nullable TaskThread live) {
        taskThread = live;
    }

    // ---- the ready queue

    /** Appends {@code turn}, which is in no list, to the ready queue. */
    public final void ready(Turn turn) {
        Turn last = tail;
        tail = turn;
        if (head == null || last == null) {
            head = turn;
        } else {
            last.nextTurn(turn);
        }
    }

    /** Makes a turn ready that was handed in. Called by the inbox only. */
    @Override
    public final void take(Turn turn) {
        ready(turn);
        if (observation != null) {
            observation.handedIn();
        }
    }

    /**
     * Hands {@code turn} to this loop. Any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    public final void handIn(Turn turn) {
        if (inbox.add(turn)) {
            poller.wakeup();
        }
    }

    /** Returns whether a turn is ready. */
    public final boolean hasReady() {
        return head != null;
    }

    /** Returns whether nothing is ready, handed in or due, and no work outside is awaited. */
    protected final boolean isIdle() {
        if (head == null && glances != null) {
            glances.look();
        }
        return head == null && inbox.isEmpty() && outside == 0 && timers.next() > clock.now();
    }

    /** Returns whether {@link #handIn} would accept a turn now. Any thread. */
    public final boolean acceptsHandIns() {
        return !inbox.isClosed();
    }

    /** Rejects from now on what other threads hand in. What was accepted becomes ready. */
    public final void closeInbox() {
        inbox.close(this);
    }

    /** Drops all turns, timers and task-local values of a loop that has ended. */
    protected final void clear() {
        head = null;
        tail = null;
        running = null;
        locals = null;
        timers = new Wheel();
    }

    // ---- the poller

    /** Returns the place where this loop waits. */
    protected final Poller poller() {
        return poller;
    }

    /** Returns whether this loop parks its thread, because nothing else was set. */
    protected final boolean isParking() {
        return poller == parking;
    }

    /** Lets this loop wait in {@code next} from now on. */
    protected final void poller(Poller next) {
        poller = next;
        glances = new Glances(next);
    }

    /** Returns whether the code that runs was called by the poller. */
    public final boolean isPolling() {
        return isPolling || (glances != null && glances.isLooking());
    }

    /** Closes the poller. From now on this loop parks its thread. */
    protected final void closePoller() {
        Poller previous = poller;
        poller = parking;
        glances = null;
        previous.close();
    }

    /** Closes a poller that has thrown, so that it does not prevent the end of the loop. */
    private void closeFailed(Throwable failure) {
        try {
            closePoller();
        } catch (Throwable another) {
            if (another != failure) {
                failure.addSuppressed(another);
            }
        }
    }

    // ---- the running turn

    /** Returns the turn that is running, or null between turns. Loop's thread. */
    public final @Nullable Turn running() {
        return running;
    }

    /** Makes {@code turn} the running turn, in place of its stand-in. */
    public final void running(Turn turn) {
        running = turn;
    }

    /** Returns the task-local values of the running turn, or those outside of any turn. */
    public final @Nullable TaskLocals locals() {
        return running == null ? locals : running.locals();
    }

    /** Returns the task-local values for what the running code creates. */
    public final @Nullable TaskLocals inherited() {
        if (observation != null && open) { // outside of a run no task-local can be set
            observation.inheriting();
        }
        return locals();
    }

    /** Replaces the task-local values of the running turn, or those outside of any turn. */
    public final void locals(@Nullable TaskLocals locals) {
        if (running == null) {
            this.locals = locals;
        } else {
            running.locals(locals);
        }
    }

    // ---- time and the outside

    /** Returns whether the loop's clock is no clock of real time. */
    public final boolean isVirtual() {
        return clock instanceof VirtualClock;
    }

    /** Returns the loop's time in nanoseconds. */
    public final long now() {
        return clock.now();
    }

    /** Returns the time {@code nanos} from now; {@code Long.MAX_VALUE} stands for never. */
    public final long deadline(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return nanos;
        }
        long now = clock.now();
        long deadline = now + nanos;
        boolean overflow = ((now ^ deadline) & (nanos ^ deadline)) < 0;
        return overflow ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : deadline;
    }

    /** Returns a random number from 0, inclusive, to 1. The seed of a shuffled loop decides it. */
    public final double random() {
        SplittableRandom numbers = random;
        if (numbers == null) {
            numbers = shuffle == null ? new SplittableRandom() : shuffle.numbers();
            random = numbers;
        }
        return numbers.nextDouble();
    }

    /** Records that work outside of the loop is awaited and will hand in its result. */
    public final void awaitOutside() {
        outside++;
    }

    /** Takes back one {@link #awaitOutside}. */
    public final void outsideEnded() {
        outside--;
    }

    /** Lets an idle loop wait for other threads even if no work outside of it is awaited. */
    public final void staysOpen() {
        staysOpen = true;
    }

    // ---- running

    /** Ends a run of the loop. */
    public interface Condition {
        /** Returns whether the run ends. Called before each iteration. */
        boolean holds();

        /**
         * Returns the nanoseconds of real time after which an idle loop must call {@link #holds}
         * again.
         */
        default long patience() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Runs iterations until {@code condition} holds.
     *
     * @return false if the condition does not hold and nothing can ever happen
     */
    public final boolean runUntil(Condition condition) {
        Thread thread = CurrentLoop.HAS_TASK_THREADS ? Thread.currentThread() : this.thread;
        try {
            while (!condition.holds()) {
                if (head == null) {
                    if (!idle(condition.patience())) {
                        return false;
                    }
                } else if (glances != null) {
                    glance(glances);
                }
                if (thread.isInterrupted()) {
                    interrupted();
                }
                if (!inbox.isEmpty()) {
                    inbox.drainTo(this);
                }
                if (!timers.isEmpty()) {
                    takeDueTimers();
                }
                if (needsAttention) {
                    attend();
                }
                pass();
            }
            return true;
        } finally {
            running = null;
            passEnded();
        }
    }

    /** Called after each pass. */
    protected abstract void passEnded();

    private void glance(Glances glances) {
        try {
            glances.passBegins();
        } catch (Throwable failure) {
            closeFailed(failure);
            throw failure;
        }
    }

    private boolean idle(long patience) {
        tail = null; // the queue is empty and must not keep its last turn alive
        keepHouse();
        if (head != null || !inbox.sleep()) {
            wasQuiet = false;
            return true;
        }
        try {
            Clock.Rest rest =
                    new Clock.Rest(
                            timers.next(), timers.size() == 1, outside > 0, patience, wasQuiet);
            isPolling = true;
            long began = observation == null ? 0 : System.nanoTime();
            // The comparison avoids loading the pool's classes in most programs.
            Class<?> own = Thread.currentThread().getClass();
            Poller waiting = own == Thread.class ? poller : PoolPoller.of(poller);
            boolean canHappen = clock.idle(rest, waiting);
            if (!canHappen && staysOpen) {
                waiting.poll(patience);
                canHappen = true;
            }
            if (observation != null && began != 0) {
                observation.idle(began);
            }
            return canHappen;
        } catch (Throwable failure) {
            closeFailed(failure);
            throw failure;
        } finally {
            isPolling = false;
            inbox.wake();
            wasQuiet = head == null && inbox.isEmpty();
            if (glances != null) {
                glances.polled();
            }
            LoopWatch.loopWoke();
        }
    }

    private void takeDueTimers() {
        long now = clock.now();
        for (Node timer = timers.poll(now); timer != null; timer = timers.poll(now)) {
            Turn turn = (Turn) timer;
            turn.due();
            ready(turn);
            if (observation != null) {
                observation.timerFired(now - turn.dueAt());
            }
        }
    }

    private void attend() {
        attended++;
        needsAttention = shuffle != null;
        keepHouse();
        if (shuffle != null) {
            permute(shuffle);
        }
    }

    private void keepHouse() {
        housekeep();
        if (observation != null) {
            observation.sampled(readyCount(), timers.size());
        }
    }

    private void permute(Shuffle shuffle) {
        Turn first = head;
        head = null;
        tail = null;
        for (Turn turn : shuffle.permuted(first)) {
            ready(turn);
        }
    }

    /**
     * Runs the turns that are ready now. Stores of references are the largest cost here, so a field
     * that has the value already is not written.
     */
    private void pass() {
        Turn last = tail;
        int pumps = this.pumps;
        Turn turn = head;
        while (turn != null) {
            Turn next = turn.nextTurn();
            head = next;
            if (next != null) {
                turn.nextTurn(null);
            }
            running = turn;
            if (observation == null) {
                turn.take();
            } else {
                observation.take(turn);
            }
            turn = turn == last || pumps != this.pumps ? null : head;
        }
        running = null;
        passEnded();
    }

    /**
     * Runs iterations inside a turn, which waits on the Java stack, until {@code condition} holds.
     *
     * @return as {@link #runUntil}
     */
    public final boolean pump(Condition condition) {
        Turn outer = running;
        Thread outerParked = parking.moveTo(Thread.currentThread());
        long began = observation == null ? 0 : System.nanoTime();
        running = null;
        try {
            return runUntil(condition);
        } finally {
            running = outer;
            parking.moveTo(outerParked);
            pumps++;
            if (observation != null && began != 0) {
                observation.pumped(began);
            }
        }
    }

    // ---- observers

    /** Lets {@code observer} hear of what happens from now on. */
    public final Observation.Hearing observe(LoopObserver observer) {
        if (observation == null) {
            observation = new Observation();
        }
        return observation.add(observer);
    }

    /** Takes back {@link #observe}. */
    public final void unobserve(Observation.Hearing hearing) {
        if (observation != null && observation.remove(hearing)) {
            observation = null;
        }
    }

    /** Returns what tells observers; null while there are none. */
    public final @Nullable Observation observation() {
        return observation;
    }

    /** Tells the observers that this loop has ended, and drops them. */
    protected final void endObservation() {
        if (observation != null) {
            observation.loopClosed();
            observation = null;
        }
    }

    /** Returns the number of turns that are ready. Linear in that number. */
    public final int readyCount() {
        int count = 0;
        for (Turn turn = head; turn != null; turn = turn.nextTurn()) {
            count++;
        }
        return count;
    }

    /**
     * Returns the nanoseconds of real time since the task with this number was created, or somewhat
     * fewer: up to a quarter of a second and a sixteenth.
     */
    public final long ageOf(long number) {
        Ages samples = ages;
        return samples == null ? 0 : samples.of(number, System.nanoTime());
    }

    // ---- the watch, which reads and writes without synchronisation

    /**
     * Makes the loop call {@link #attend} in its next iteration. Returns the number of calls so
     * far.
     */
    final int askForAttention() {
        needsAttention = true;
        return attended;
    }

    /** Records which tasks exist now. A loop that wakes often and briefly is mostly seen asleep. */
    final void sampleAges() {
        Ages samples = ages;
        if (samples == null) {
            samples = new Ages(); // by the watch, so that the start of a loop does not pay
            ages = samples;
        }
        samples.add(lastTaskNumber(), System.nanoTime());
    }

    final boolean isAsleep() {
        return inbox.isAsleep();
    }

    /** Returns the turn that runs. Any thread, perhaps a moment late. */
    public final @Nullable Turn runningNow() {
        return running;
    }
}
