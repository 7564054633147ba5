package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Shape;

/** W1b: the frame of a call to another class. */
final class EagerCallee extends Frame {
    private final int x;

    EagerCallee(int x) {
        this.x = x;
    }

    @Override
    Object step(Task task, Object value) {
        if (state == 0 && Shape.rarely(x)) {
            state = 1;
            task.loop.ready(task);
            return task.suspend(this);
        }
        task.number = x + 1;
        return null;
    }
}
