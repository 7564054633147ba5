package dev.weft.benchmarks.program;

/** What is alive. */
final class Heap {
    private Heap() {}

    /**
     * The bytes in use after collections: the least of three, because some objects go only in a
     * second one.
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
