package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Shape;

/** W1 and W1b with frames that are created only when a call suspends. */
abstract class AwaitFrames extends Frame {
    final int n;
    int i;

    private AwaitFrames(int n) {
        this.n = n;
    }

    /** Suspends the loop at its call {@code k}. */
    final Object park(Task task, int k) {
        task.suspending = false;
        i = k + 1;
        state = 1;
        return task.enclose(this);
    }

    /** Calls a method that could suspend but does not. */
    static final class Never extends AwaitFrames {
        Never(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            int number = state == 0 ? 0 : task.number;
            for (int k = i; k < n; k++) {
                number = plusOne(task, number);
                if (task.suspending) {
                    return park(task, k);
                }
            }
            task.number = number;
            return null;
        }

        private static int plusOne(Task task, int x) {
            return Shape.suspend ? suspended(task, x) : x + 1;
        }
    }

    /** Calls a method that suspends once in 1,024 calls. */
    static final class Rarely extends AwaitFrames {
        Rarely(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            int number = state == 0 ? 0 : task.number;
            for (int k = i; k < n; k++) {
                number = plusOne(task, number);
                if (task.suspending) {
                    return park(task, k);
                }
            }
            task.number = number;
            return null;
        }

        private static int plusOne(Task task, int x) {
            return Shape.rarely(x) ? suspended(task, x) : x + 1;
        }
    }

    private static int suspended(Task task, int x) {
        task.begin(new PlusOne(x));
        task.loop.ready(task);
        task.suspending = true;
        return 0;
    }

    private static final class PlusOne extends Frame {
        private final int x;

        PlusOne(int x) {
            this.x = x;
        }

        @Override
        Object step(Task task, Object value) {
            task.number = x + 1;
            return null;
        }
    }
}
