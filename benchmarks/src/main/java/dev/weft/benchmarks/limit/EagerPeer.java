package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;

/** W1 and W1b with a frame for every call, as calls of lazy coroutine objects have. */
public final class EagerPeer implements Peer {
    @Override
    public long awaits(int n) {
        return run(n, new Caller(n));
    }

    @Override
    public long awaitsThatMaySuspend(int n) {
        return run(n, new RareCaller(n));
    }

    /** Is the same: each frame is of another class. */
    @Override
    public long awaitsInAnotherClass(int n) {
        return awaitsThatMaySuspend(n);
    }

    private static long run(int n, Frame caller) {
        Loop loop = new Loop();
        Task task = loop.spawn(caller);
        loop.run(task);
        if (task.number != n) {
            throw new AssertionError(task.number);
        }
        return n;
    }

    private static class Caller extends Frame {
        private final int n;
        private int i;

        Caller(int n) {
            this.n = n;
        }

        @Override
        final Object step(Task task, Object value) {
            int number = state == 0 ? 0 : task.number;
            for (int k = i; k < n; k++) {
                Frame callee = call(number);
                callee.caller = this;
                task.inner = callee;
                if (callee.step(task, null) == Task.SUSPENDED) {
                    i = k + 1;
                    state = 1;
                    return Task.SUSPENDED;
                }
                number = task.number;
            }
            return null;
        }

        Frame call(int number) {
            return new Callee(number);
        }
    }

    private static final class RareCaller extends Caller {
        RareCaller(int n) {
            super(n);
        }

        @Override
        Frame call(int number) {
            return new RareCallee(number);
        }
    }

    private static final class Callee extends Frame {
        private final int x;

        Callee(int x) {
            this.x = x;
        }

        @Override
        Object step(Task task, Object value) {
            if (state == 0 && Shape.suspend) {
                state = 1;
                task.loop.ready(task);
                return task.suspend(this);
            }
            task.number = x + 1;
            return null;
        }
    }

    private static final class RareCallee extends Frame {
        private final int x;

        RareCallee(int x) {
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
}
