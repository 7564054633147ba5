package dev.weft.benchmarks.limit;

/** Starts tasks and joins them, one batch after the other. */
final class Spawns extends Frame {
    private static final int STARTING = 0;
    private static final int JOINING = 1;

    private final Task[] tasks;
    private final int yields;
    private final int kinds;
    private int batches;
    private int joined;

    Spawns(int batches, int batch, int yields, int kinds) {
        this.batches = batches;
        this.tasks = new Task[batch];
        this.yields = yields;
        this.kinds = kinds;
    }

    @Override
    Object step(Task task, Object value) {
        while (true) {
            if (state == STARTING) {
                start(task.loop);
            }
            while (joined < tasks.length) {
                Task child = tasks[joined];
                if (!child.done) {
                    child.join(task);
                    return task.suspend(this);
                }
                joined++;
            }
            if (--batches == 0) {
                return null;
            }
            state = STARTING;
        }
    }

    private void start(Loop loop) {
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = loop.spawn(Yields.of(i % kinds, yields));
        }
        joined = 0;
        state = JOINING;
    }
}
