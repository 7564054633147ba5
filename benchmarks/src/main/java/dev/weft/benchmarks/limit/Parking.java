package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Shape;

/**
 * W4: starts a body that holds two references and an int at each level, and sleeps at the
 * innermost.
 */
final class Parking extends Frame {
    private final int depth;
    private final Object a;
    private final Object b;
    private final int i;

    Parking(int depth, Object a, Object b, int i) {
        this.depth = depth;
        this.a = a;
        this.b = b;
        this.i = i;
    }

    @Override
    Object step(Task task, Object value) {
        return body(task, depth, this);
    }

    private static Object body(Task task, int depth, Parking p) {
        if (depth == 1) {
            task.loop.sleepUntil(task, System.nanoTime() + Shape.HOUR);
            return task.begin(new Level(p.a, p.b, p.i));
        }
        Object result = body(task, depth - 1, p);
        return result == Task.SUSPENDED ? task.enclose(new Level(p.a, p.b, p.i + depth)) : result;
    }

    private static final class Level extends Frame {
        private final Object a;
        private final Object b;
        private final int i;

        Level(Object a, Object b, int i) {
            this.a = a;
            this.b = b;
            this.i = i;
        }

        @Override
        Object step(Task task, Object value) {
            return a.hashCode() + b.hashCode() + i;
        }
    }
}
