package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.observe.Wait;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks pass in rounds of a fixed number of parties.
 *
 * <pre>{@code
 * private final AsyncBarrier barrier = new AsyncBarrier(3);
 *
 * @Async
 * Coroutine<Void> player(String name) throws BrokenBarrierException {
 *     for (int round = 1; round <= 2; round++) {
 *         await(write(name));
 *         if (await(barrier.arrive()) == 2) { // the last of the three
 *             log.add("round " + round + " is over");
 *         }
 *     }
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>The last party to arrive completes the round and continues without suspending; the others
 * continue in the next iteration. Nothing breaks a completed round. A party that arrives after
 * that, the last one included, belongs to the next round. A party that is cancelled while it waits
 * leaves, and the round needs another one. The rules for loops and threads are those of {@link
 * dev.weft.sync the package}.
 */
public final class AsyncBarrier extends LoopBound {
    private final WaitQueue queue = new WaitQueue();
    private final int parties;
    private boolean broken;

    /**
     * Creates a barrier for rounds of {@code parties}.
     *
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    public AsyncBarrier(int parties) {
        super("AsyncBarrier");
        if (parties < 1) {
            throw new IllegalArgumentException("parties < 1: " + parties);
        }
        this.parties = parties;
    }

    /**
     * Waits until the round is complete.
     *
     * @return the place in the order of arrival, 0 to parties - 1, among the parties that complete
     *     the round
     * @throws BrokenBarrierException when awaited, if the barrier is broken, or if it is aborted or
     *     reset meanwhile
     */
    public Coroutine<Integer> arrive() throws BrokenBarrierException {
        checkThread("arrive");
        return new Arrival(this);
    }

    /** Ends the round: the waiting parties get an exception, and the next round begins. */
    public void reset() {
        use("reset");
        broken = false;
        breakRound();
    }

    /**
     * Breaks this round and all later ones, until {@link #reset}: every party gets an exception.
     */
    public void abort() {
        use("abort");
        broken = true;
        breakRound();
    }

    /** Returns the number of parties that wait for the round to be complete. */
    public int waiting() {
        use("waiting");
        return queue.waiting();
    }

    /** Returns whether {@link #abort} was called, and {@link #reset} was not called after it. */
    public boolean broken() {
        use("broken");
        return broken;
    }

    private void breakRound() {
        queue.grant(Integer.MAX_VALUE);
    }

    private void completeRound() {
        int place = 0;
        for (Waiter<?> next = queue.grantNext(); next != null; next = queue.grantNext()) {
            ((Arrival) next).place = place++;
        }
    }

    private static final class Arrival extends Waiter<Integer> {
        private final AsyncBarrier barrier;

        /** The place in the order of arrival; -1 until the round is complete. */
        private int place = -1;

        Arrival(AsyncBarrier barrier) {
            this.barrier = barrier;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws BrokenBarrierException {
            if (hasWaited()) {
                leave();
                Machine.resumed(value);
                if (place < 0) {
                    throw new BrokenBarrierException("the barrier was reset or aborted meanwhile");
                }
                return place;
            }
            return arrive(task);
        }

        @Override
        protected Wait waitsFor() {
            return Wait.of(
                    barrier.identity()
                            + ", "
                            + barrier.queue.waiting()
                            + " of "
                            + barrier.parties
                            + " parties");
        }

        private Object arrive(Task<?> task) throws BrokenBarrierException {
            barrier.use(task);
            if (barrier.broken) {
                throw new BrokenBarrierException("the barrier was aborted; reset() makes it new");
            }
            int last = barrier.parties - 1;
            if (barrier.queue.waiting() < last) {
                return enqueue(barrier.queue, task);
            }
            barrier.completeRound();
            return last;
        }
    }
}
