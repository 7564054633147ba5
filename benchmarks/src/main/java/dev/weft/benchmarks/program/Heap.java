package dev.weft.benchmarks.program;

/** The live objects of the heap. */
final class Heap {
    private Heap() {}

    /**
     * Returns the bytes in use after a collection: the least of three, because some objects need
     * two collections.
     */
    static long live() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
