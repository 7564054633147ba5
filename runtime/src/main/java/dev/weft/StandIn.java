package dev.weft;

/**
 * Stands in the ready queue for a task that is in it already, as the handle of a timer that no
 * longer matters.
 */
final class StandIn extends Entry {
    private final Task<?> task;

    private StandIn(Task<?> task) {
        this.task = task;
    }

    static Entry of(Task<?> task) {
        return new StandIn(task);
    }

    boolean standsFor(Task<?> other) {
        return task == other;
    }

    @Override
    void run() {
        task.runDisplaced();
    }
}
