package dev.weft.metrics;

import dev.weft.Handle;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import org.jspecify.annotations.Nullable;

/** Measures one loop. Loop's thread, but for {@link #stepOverdue}. */
final class LoopMeter implements LoopObserver {
    private final LoopsOfRegistry loops;
    private final String name;
    private final LoopMeters meters;
    private @Nullable Handle handle;

    // ---- written by the loop, read by any thread

    private volatile int ready;
    private volatile int timers;

    LoopMeter(LoopsOfRegistry loops, String name, LoopMeters meters) {
        this.loops = loops;
        this.name = name;
        this.meters = meters;
    }

    /** Begins to measure a loop that has {@code tasks} live tasks. */
    void attached(Handle handle, int tasks) {
        this.handle = handle;
        meters.alive.add(tasks);
    }

    int ready() {
        return ready;
    }

    int timers() {
        return timers;
    }

    @Override
    public void taskCreated(ObservedTask task, @Nullable ObservedTask creator) {
        meters.created.increment();
        meters.alive.increment();
    }

    @Override
    public void taskEnded(ObservedTask task, @Nullable Throwable failure) {
        meters.alive.decrement();
        switch (task.observedState()) {
            case SUCCEEDED -> meters.succeeded.increment();
            case FAILED -> meters.failed.increment();
            default -> meters.cancelled.increment();
        }
    }

    @Override
    public void stepBegins(Step step) {
        if (handle != null && loops.isEnded()) {
            handle.cancel();
        }
    }

    @Override
    public void stepEnds(Step step) {
        meters.stepTook(step.ended() - step.began() - step.nested());
    }

    @Override
    public void timerFired(long late) {
        meters.timerWasLate(late);
    }

    @Override
    public void handedIn() {
        meters.handIns.increment();
    }

    @Override
    public void idle(long from, long to) {
        meters.idleTimes.increment();
        meters.idleNanos.add(to - from);
    }

    @Override
    public void sampled(int ready, int timers) {
        if (ready != this.ready) {
            this.ready = ready;
        }
        if (timers != this.timers) {
            this.timers = timers;
        }
    }

    @Override
    public void unhandled(String message, Throwable exception, @Nullable ObservedTask task) {
        meters.unhandled.increment();
    }

    @Override
    public void stepOverdue(String label, Thread thread, long nanos) {
        meters.stalls.increment();
    }

    @Override
    public void loopClosed() {
        loops.closed(name, this);
    }
}
