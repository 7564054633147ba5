package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.SleepLog;

/** W7: one sleep of a log. */
final class Sleeping extends Frame {
    private final SleepLog log;
    private final int index;

    Sleeping(SleepLog log, int index) {
        this.log = log;
        this.index = index;
    }

    @Override
    Object step(Task task, Object value) {
        if (state == 0) {
            state = 1;
            long nanos = log.begins(index);
            task.loop.sleepUntil(task, System.nanoTime() + nanos);
            return task.suspend(this);
        }
        log.woke(index);
        return null;
    }
}
