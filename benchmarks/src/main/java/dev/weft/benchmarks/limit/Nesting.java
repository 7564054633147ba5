package dev.weft.benchmarks.limit;

/**
 * W5: nested calls, of which the innermost gives up its turn. A new chain is created for each
 * repetition.
 */
final class Nesting extends Frame {
    private final int depth;
    private final int yields;
    private int rounds;

    Nesting(int depth, int yields, int rounds) {
        this.depth = depth;
        this.yields = yields;
        this.rounds = rounds;
    }

    @Override
    Object step(Task task, Object value) {
        while (rounds-- > 0) {
            if (descend(task, depth, yields) == Task.SUSPENDED) {
                return task.enclose(this);
            }
        }
        return null;
    }

    private static Object descend(Task task, int depth, int yields) {
        if (depth == 1) {
            task.loop.ready(task);
            return task.begin(Yields.of(0, yields - 1));
        }
        Object result = descend(task, depth - 1, yields);
        return result == Task.SUSPENDED ? task.enclose(new Level(depth)) : result;
    }

    private static final class Level extends Frame {
        private final int depth;

        Level(int depth) {
            this.depth = depth;
        }

        @Override
        Object step(Task task, Object value) {
            return depth == 0 ? null : value;
        }
    }
}
