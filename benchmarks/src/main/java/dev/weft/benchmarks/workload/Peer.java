package dev.weft.benchmarks.workload;

/**
 * A way to write coroutines. Every method starts a loop of its own, runs one workload to its end
 * and returns how many operations that were; what a peer does not do it leaves out.
 */
public interface Peer extends Sleeper {
    /** W1: a coroutine awaits another one n times, which could suspend but does not. */
    default long awaits(int n) throws Exception {
        throw left("W1");
    }

    /**
     * W1b: the same, but one await in 1,024 suspends, so that suspending cannot be compiled away.
     */
    default long awaitsThatMaySuspend(int n) throws Exception {
        throw left("W1b");
    }

    /** W2: tasks that each give up their turn so many times. */
    default long switches(int tasks, int each) throws Exception {
        throw left("W2");
    }

    /** W3: starts and joins tasks that give up their turn once; {@code batch} of them at a time. */
    default long spawns(int total, int batch) throws Exception {
        throw left("W3");
    }

    /** W5: resumes the innermost of {@code depth} nested coroutines n times. */
    default long resumes(int depth, int n) throws Exception {
        throw left("W5");
    }

    /**
     * W5b: n fresh chains of {@code depth} nested coroutines, of which the innermost suspends once.
     */
    default long chains(int depth, int n) throws Exception {
        throw left("W5b");
    }

    /** W6: two tasks send an object to and fro, by queues of capacity 1; two messages a turn. */
    default long pingPong(int turns) throws Exception {
        throw left("W6 ping-pong");
    }

    /** W6: one task puts n objects into a queue, another takes them. */
    default long stream(int n, int capacity) throws Exception {
        throw left("W6 stream");
    }

    /**
     * W4: for each count starts that many tasks, which sleep for an hour at the given call depth,
     * and calls {@code parked} when all of them are asleep. The JVM is to be stopped by the last
     * call.
     */
    default void park(int[] counts, int depth, Runnable parked) throws Exception {
        throw left("W4");
    }

    private static UnsupportedOperationException left(String workload) {
        return new UnsupportedOperationException("this peer has no " + workload);
    }
}
