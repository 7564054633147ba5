package dev.weft;

/** Blocking work without a result, for {@link Weft#blocking(BlockingRunnable)}. */
@FunctionalInterface
public interface BlockingRunnable {
    /** Does the work. An exception is the failure of the result that stands for the work. */
    void run() throws Exception;
}
