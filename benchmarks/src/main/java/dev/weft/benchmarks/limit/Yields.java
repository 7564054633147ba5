package dev.weft.benchmarks.limit;

/**
 * Frames that give up their turn n times. The frames differ in their class alone, so that a call
 * site sees several classes.
 */
abstract class Yields extends Frame {
    private int left;

    private Yields(int n) {
        this.left = n;
    }

    static Yields of(int kind, int n) {
        return switch (kind) {
            case 1 -> new Second(n);
            case 2 -> new Third(n);
            case 3 -> new Fourth(n);
            case 4 -> new Fifth(n);
            default -> new First(n);
        };
    }

    final Object turn(Task task) {
        if (left-- > 0) {
            task.loop.ready(task);
            return task.suspend(this);
        }
        return null;
    }

    private static final class First extends Yields {
        First(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            return turn(task);
        }
    }

    private static final class Second extends Yields {
        Second(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            return turn(task);
        }
    }

    private static final class Third extends Yields {
        Third(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            return turn(task);
        }
    }

    private static final class Fourth extends Yields {
        Fourth(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            return turn(task);
        }
    }

    private static final class Fifth extends Yields {
        Fifth(int n) {
            super(n);
        }

        @Override
        Object step(Task task, Object value) {
            return turn(task);
        }
    }
}
