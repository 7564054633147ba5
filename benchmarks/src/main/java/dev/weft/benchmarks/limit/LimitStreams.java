package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.StreamPeer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Streams as state machines by hand: an object with a method that advances to the next element. */
public final class LimitStreams implements StreamPeer {
    /** Returned at the end. No element. */
    private static final Object END = new Object();

    private abstract static class Source {
        Integer element;

        /** Returns null if there is an element, or {@link #END}, or {@link Task#SUSPENDED}. */
        abstract Object advance(Task task);
    }

    @Override
    public long generated(int n) {
        return run(new Counting(n));
    }

    @Override
    public long mapped(int n) {
        return run(new Filtered(new Mapped(new Counting(n), x -> x), x -> x >= 0));
    }

    @Override
    public long turns(int n) {
        return run(new Turns(n));
    }

    private static long run(Source source) {
        Loop loop = new Loop();
        Summing summing = new Summing(source);
        loop.run(loop.spawn(summing));
        return summing.sum;
    }

    private static final class Summing extends Frame {
        private final Source source;
        private long sum;

        Summing(Source source) {
            this.source = source;
        }

        @Override
        Object step(Task task, Object value) {
            while (true) {
                Object next = source.advance(task);
                if (next == Task.SUSPENDED) {
                    return task.suspend(this);
                }
                if (next == END) {
                    return null;
                }
                sum += source.element;
            }
        }
    }

    private static final class Counting extends Source {
        private final int n;
        private int i;

        Counting(int n) {
            this.n = n;
        }

        @Override
        Object advance(Task task) {
            if (i == n) {
                return END;
            }
            element = StreamPeer.element(i++);
            return null;
        }
    }

    private static final class Turns extends Source {
        private final int n;
        private int i;
        private boolean hasGivenTurn;

        Turns(int n) {
            this.n = n;
        }

        @Override
        Object advance(Task task) {
            if (i == n) {
                return END;
            }
            hasGivenTurn = !hasGivenTurn;
            if (hasGivenTurn) {
                task.loop.ready(task);
                return Task.SUSPENDED;
            }
            element = StreamPeer.element(i++);
            return null;
        }
    }

    private static final class Mapped extends Source {
        private final Source source;
        private final Function<Integer, Integer> f;

        Mapped(Source source, Function<Integer, Integer> f) {
            this.source = source;
            this.f = f;
        }

        @Override
        Object advance(Task task) {
            Object next = source.advance(task);
            if (next == null) {
                element = f.apply(source.element);
            }
            return next;
        }
    }

    private static final class Filtered extends Source {
        private final Source source;
        private final Predicate<Integer> p;

        Filtered(Source source, Predicate<Integer> p) {
            this.source = source;
            this.p = p;
        }

        @Override
        Object advance(Task task) {
            Object next = source.advance(task);
            while (next == null && !p.test(source.element)) {
                next = source.advance(task);
            }
            element = source.element;
            return next;
        }
    }
}
