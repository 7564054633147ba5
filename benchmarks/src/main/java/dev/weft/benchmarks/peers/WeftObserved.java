package dev.weft.benchmarks.peers;

import dev.weft.EventLoop;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.Step;

/** The workloads with an observer that counts steps. */
public final class WeftObserved extends WeftPeer {
    private static final Counter COUNTER = new Counter();

    static {
        EventLoop.onOpen(loop -> loop.observe(COUNTER));
    }

    private static final class Counter implements LoopObserver {
        private long steps;

        @Override
        public void stepEnds(Step step) {
            steps++;
        }
    }

    @Override
    public long switches(int tasks, int each) {
        long before = COUNTER.steps;
        long turns = super.switches(tasks, each);
        if (COUNTER.steps - before < turns) {
            throw new AssertionError("the observer has missed steps");
        }
        return turns;
    }
}
