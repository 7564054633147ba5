package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks pass in rounds of a fixed number.
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
 * <p>The last party to arrive completes the round, goes on without suspending, and the others go on
 * in the next iteration: nothing breaks a completed round any more, and who arrives from then on,
 * the last party included, belongs to the next one. A party that is cancelled while it waits only
 * leaves: the round then needs another one.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 */
public final class AsyncBarrier extends LoopBound {
    private final Line line = new Line();
    private final int parties;
    private boolean broken;

    /**
     * A barrier for rounds of {@code parties}.
     *
     * @throws IllegalArgumentException if that is less than 1
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
     * @return the place in the order of arrival, 0 to parties - 1, among those who complete the
     *     round
     * @throws BrokenBarrierException when awaited, if the barrier is broken, or is broken or reset
     *     meanwhile
     */
    public Coroutine<Integer> arrive() throws BrokenBarrierException {
        checkThread("arrive");
        return new Arrival(this);
    }

    /** Ends the round for those who wait, by exception; the barrier is as new. */
    public void reset() {
        use("reset");
        broken = false;
        breakRound();
    }

    /** Ends this round and all to come, by exception, until {@link #reset}. */
    public void abort() {
        use("abort");
        broken = true;
        breakRound();
    }

    /** How many wait for the round to be complete. */
    public int waiting() {
        use("waiting");
        return line.waiting();
    }

    /** Whether {@link #abort} was called, and not {@link #reset} after it. */
    public boolean broken() {
        use("broken");
        return broken;
    }

    private void breakRound() {
        line.admit(Integer.MAX_VALUE);
    }

    private void completeRound() {
        int place = 0;
        for (Waiter<?> next = line.admitNext(); next != null; next = line.admitNext()) {
            ((Arrival) next).place = place++;
        }
    }

    private static final class Arrival extends Waiter<Integer> {
        private final AsyncBarrier barrier;

        /** Known when the round is complete. */
        private int place = -1;

        Arrival(AsyncBarrier barrier) {
            this.barrier = barrier;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value)
                throws BrokenBarrierException {
            if (hasWaited()) {
                leave();
                resumedWith(value);
                if (place < 0) {
                    throw new BrokenBarrierException("the barrier was reset or aborted meanwhile");
                }
                return place;
            }
            return arrive(task);
        }

        private Object arrive(Task<?> task) throws BrokenBarrierException {
            barrier.use(task);
            if (barrier.broken) {
                throw new BrokenBarrierException("the barrier was aborted; reset() makes it new");
            }
            int last = barrier.parties - 1;
            if (barrier.line.waiting() < last) {
                return standIn(barrier.line, task);
            }
            barrier.completeRound();
            return last;
        }
    }
}
