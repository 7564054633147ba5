package dev.weft.benchmarks.workload;

/**
 * A way to write coroutines. Every method starts a loop of its own, runs a workload to the end and
 * returns the number of operations. A peer leaves out the workloads that it does not support.
 */
public interface Peer extends Sleeper {
    /** W1: a coroutine awaits another one n times, which could suspend but does not. */
    default long awaits(int n) throws Exception {
        throw left("W1");
    }

    /**
     * W1b: the same, but one await in 1,024 suspends, so that the JIT compiler cannot remove the
     * suspension.
     */
    default long awaitsThatMaySuspend(int n) throws Exception {
        throw left("W1b");
    }

    /** W1b with the awaited coroutine in another class, which the JIT compiler meets on its own. */
    default long awaitsInAnotherClass(int n) throws Exception {
        throw left("W1b in another class");
    }

    /** W2: tasks that each give up their turn a number of times. */
    default long switches(int tasks, int each) throws Exception {
        throw left("W2");
    }

    /** W3: starts and joins tasks that give up their turn once, {@code batch} tasks at a time. */
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
     * W4: for each count, starts the tasks, which sleep for an hour at the given call depth, and
     * calls {@code parked} when all tasks are asleep. The last call must stop the JVM.
     */
    default void park(int[] counts, int depth, Runnable parked) throws Exception {
        throw left("W4");
    }

    private static UnsupportedOperationException left(String workload) {
        return new UnsupportedOperationException("this peer has no " + workload);
    }
}
