package dev.weft.internal.loop;

import dev.weft.internal.time.Clock;
import dev.weft.io.Poller;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * A wait in a poller by a loop in a fork-join pool. The pool may start another thread meanwhile:
 * the loop may wait for work of that pool.
 */
final class PoolWait implements ForkJoinPool.ManagedBlocker {
    private final Clock clock;
    private final Clock.Rest rest;
    private final Poller poller;
    private boolean hasWaited;
    private boolean canHappen;

    private PoolWait(Clock clock, Clock.Rest rest, Poller poller) {
        this.clock = clock;
        this.rest = rest;
        this.poller = poller;
    }

    /** Calls {@link Clock#idle}, in a fork-join pool so that the pool knows of the wait. */
    static boolean idle(Clock clock, Clock.Rest rest, Poller poller) {
        Thread thread = Thread.currentThread();
        // The first comparison avoids loading the pool's classes in most programs.
        if (thread.getClass() == Thread.class || !(thread instanceof ForkJoinWorkerThread)) {
            return clock.idle(rest, poller);
        }
        PoolWait wait = new PoolWait(clock, rest, poller);
        try {
            ForkJoinPool.managedBlock(wait);
        } catch (InterruptedException e) {
            thread.interrupt(); // an interrupt must stay set
        }
        return wait.canHappen || !wait.hasWaited;
    }

    @Override
    public boolean block() {
        canHappen = clock.idle(rest, poller);
        hasWaited = true;
        return true;
    }

    @Override
    public boolean isReleasable() {
        return hasWaited;
    }
}
