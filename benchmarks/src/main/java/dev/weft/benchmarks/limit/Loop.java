package dev.weft.benchmarks.limit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** First come, first served; timers and the door for other threads are looked at once per round. */
final class Loop {
    final TimerHeap timers = new TimerHeap();

    /** Nobody uses it here, but a loop that has no such door is no loop. */
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

    /** Runs until the task has ended. */
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

    /** Everything that was ready at its start, once. */
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
