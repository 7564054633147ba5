package dev.weft.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of Netty inside a {@link NettyLoop}, which calls {@link #look} and {@link #await}.
 * Corrects three properties that break the rules of a poller:
 *
 * <ul>
 *   <li>Epoll drops a wake-up that comes before the wait. A flag keeps it.
 *   <li>NIO clears an interrupt, and the native transports are not ended by one.
 *   <li>NIO rounds a wait below half a millisecond to none, and so spins until a timer is due.
 * </ul>
 *
 * <p>An exception of a channel's handler stays in its pipeline. One that an {@code IoHandle} of the
 * user throws, outside of a pipeline, lets Netty sleep up to a second on this thread.
 */
final class DrivenLoop extends ManualIoEventLoop {
    /**
     * The time for Netty's tasks in one poll. A task that queues itself again would otherwise hold
     * the loop.
     */
    private static final long TASK_NANOS = 1_000_000;

    /**
     * The questions of NIO before its select. The next one comes after it, and a refusal then keeps
     * NIO from clearing an interrupt.
     */
    private static final int QUESTIONS_BEFORE_SELECT = 2;

    private static final int LOOKS_TO_RELEASE = 4;

    private final Thread thread;
    private final boolean isNio;
    private final Interrupts interrupts = new Interrupts(this::wake);
    private final Registrations registrations = new Registrations();

    /** Netty's queue of tasks; null until Netty has shown it. */
    private @Nullable Queue<Runnable> tasks;

    /** True if a wake-up has come since the last poll. */
    private volatile boolean isWoken;

    private int questions;

    /** True inside a poll, where handlers run. */
    private boolean isRunning;

    DrivenLoop(Thread thread, Transport transport) {
        super(thread, transport.factory());
        this.thread = thread;
        this.isNio = transport.isNio();
        runNonBlockingTasks(TASK_NANOS); // shows the queue
    }

    // ---- for the poller

    /** Handles what is ready, without a wait. */
    void look() {
        isRunning = true;
        try {
            run(-1, TASK_NANOS);
        } finally {
            isRunning = false;
        }
    }

    /** Waits for events, and handles them. */
    void await(long nanos) {
        if (isTerminated()) { // by the program: without a wait the loop would spin
            park(nanos);
            return;
        }
        long limit = nanos == Long.MAX_VALUE ? 0 : isNio ? roundedUp(nanos) : nanos;
        questions = 0;
        isRunning = true;
        try {
            if (isNio) {
                run(limit, TASK_NANOS);
            } else {
                interrupts.during(() -> run(limit, TASK_NANOS));
            }
        } finally {
            isRunning = false;
        }
    }

    /**
     * Releases the descriptors of closed channels. NIO keeps them until it selects again, and
     * io_uring until it has cancelled what they wait for.
     */
    void release() {
        for (int looks = 0; looks < LOOKS_TO_RELEASE && !isRunning; looks++) {
            look();
        }
    }

    private void park(long nanos) {
        if (!isWoken) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Ends the wait, or the next one. Any thread. */
    void wake() {
        isWoken = true;
        if (isTerminated()) {
            LockSupport.unpark(thread);
        } else {
            wakeup();
        }
    }

    /** Records the end of a poll. A wake-up that has come before is used up. */
    void polled() {
        isWoken = false;
        registrations.polled();
    }

    /** Returns whether a task, a timer or a registration of Netty may need a poll. */
    boolean isAwaited() {
        return hasTasks() || nextScheduledTaskDeadlineNanos() != -1 || registrations.needPoll();
    }

    private boolean hasTasks() {
        return tasks != null && !tasks.isEmpty();
    }

    /** Returns whole milliseconds, not fewer than {@code nanos}, in nanoseconds. */
    private static long roundedUp(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Registers a channel. Ends at once, because this is called on the loop's thread. */
    ChannelFuture add(Channel channel) {
        ChannelPromise promise = new DefaultChannelPromise(channel, this);
        channel.unsafe().register(this, promise);
        return promise;
    }

    // ---- asked by Netty

    @Override
    protected boolean canBlock() {
        return !isWoken
                && !thread.isInterrupted()
                && !(isNio && ++questions > QUESTIONS_BEFORE_SELECT);
    }

    @Override
    protected long delayNanos(long currentTimeNanos, long longest) {
        long delay = super.delayNanos(currentTimeNanos, longest);
        return isNio && delay > 0 && delay < longest ? roundedUp(delay) : delay;
    }

    @Override
    protected boolean fetchFromScheduledTaskQueue(Queue<Runnable> queue) {
        tasks = queue;
        return super.fetchFromScheduledTaskQueue(queue);
    }

    /** Creates a promise. Netty gives the result of each registration to one. */
    @Override
    public <V> Promise<V> newPromise() {
        return new LoopPromise<>(this);
    }

    private static final class LoopPromise<V> extends DefaultPromise<V> {
        private final DrivenLoop loop;

        LoopPromise(DrivenLoop loop) {
            super(loop);
            this.loop = loop;
        }

        @Override
        public Promise<V> setSuccess(V result) {
            if (result instanceof IoRegistration registration) {
                loop.registrations.add(registration);
            }
            return super.setSuccess(result);
        }

        @Override
        protected EventExecutor executor() {
            return loop;
        }
    }
}
