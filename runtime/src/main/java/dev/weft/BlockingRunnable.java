package dev.weft;

/** Blocking work without a result, for {@link Weft#blocking(BlockingRunnable)}. */
@FunctionalInterface
public interface BlockingRunnable {
    /** Does the work. An exception of this call is the failure of the result. */
    void run() throws Exception;
}
