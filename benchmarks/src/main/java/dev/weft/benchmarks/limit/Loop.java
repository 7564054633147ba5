package dev.weft.benchmarks.limit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A loop that serves tasks in order of arrival. Checks timers and the queue of other threads once
 * per round.
 */
final class Loop {
    final TimerHeap timers = new TimerHeap();

    /** Not used here. Every real loop must check such a queue. */
    private final AtomicReference<Runnable> fromOutside = new AtomicReference<>();

    private Task first;
    private Task last;

    Task spawn(Frame frame) {
        Task task = new Task(this, frame);
        ready(task);
        return task;
    }

    void ready(Task task) {
        task.next = null;
        if (last == null) {
            first = task;
        } else {
            last.next = task;
        }
        last = task;
    }

    void sleepUntil(Task task, long nanos) {
        task.wakeAt = nanos;
        timers.add(task);
    }

    /** Runs until {@code task} has ended. */
    void run(Task main) {
        while (!main.done) {
            Runnable visitor = fromOutside.get();
            if (visitor != null) {
                visitor.run();
            }
            if (timers.size() > 0) {
                wake();
            }
            if (last != null) {
                round();
            } else if (timers.size() == 0) {
                throw new IllegalStateException("nothing left to run");
            }
        }
    }

    private void wake() {
        long now = System.nanoTime();
        if (last == null && timers.first().wakeAt > now) {
            LockSupport.parkNanos(timers.first().wakeAt - now);
            now = System.nanoTime();
        }
        while (timers.size() > 0 && timers.first().wakeAt <= now) {
            ready(timers.poll());
        }
    }

    /** Runs once all tasks that are ready at the start. */
    private void round() {
        Task end = last;
        Task task;
        do {
            task = first;
            first = task.next;
            if (first == null) {
                last = null;
            }
            task.run();
        } while (task != end);
    }
}
