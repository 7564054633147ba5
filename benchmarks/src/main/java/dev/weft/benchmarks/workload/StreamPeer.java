package dev.weft.benchmarks.workload;

/**
 * A way to write streams. Every method reads a stream of n elements, which are {@link #element}s,
 * and returns their sum. A peer leaves out the workloads that it does not support.
 */
public interface StreamPeer {
    /** Returns an element, which needs no new object. */
    static Integer element(int i) {
        return i & 127;
    }

    /** Returns the sum of n elements. */
    static long sum(int n) {
        long sum = (long) (n / 128) * (127 * 128 / 2);
        for (int i = n / 128 * 128; i < n; i++) {
            sum += element(i);
        }
        return sum;
    }

    /** A generator that never suspends. */
    default long generated(int n) throws Exception {
        throw left();
    }

    /** The same, through a map that changes nothing and a filter that drops nothing. */
    default long mapped(int n) throws Exception {
        throw left();
    }

    /** A generator that gives up its turn before each element. */
    default long turns(int n) throws Exception {
        throw left();
    }

    /** An operation of a millisecond for each element, 100 at once, in virtual time. */
    default long concurrent(int n) throws Exception {
        throw left();
    }

    /** A publisher on one thread, and its subscriber on another. */
    default long published(int n) throws Exception {
        throw left();
    }

    private static UnsupportedOperationException left() {
        return new UnsupportedOperationException("this peer leaves the workload out");
    }
}
