package dev.weft.benchmarks.service;

/** A version of the service. */
public interface Service {
    /** The time that the three calls of a request have together. */
    int LIMIT_MILLIS = 1_000;

    /** The latency of a slow answer, and the pause before another attempt. */
    int PAUSE_MILLIS = 1;

    /** The attempts of a call that fails. */
    int ATTEMPTS = 3;

    /** The entries that the journal's queue holds. */
    int JOURNAL_CAPACITY = 128;

    /** The entries that the journal writes at once. */
    int JOURNAL_BATCH = 16;

    /** Serves all requests, on so many connections at once, and returns the checks. */
    Ledger serve(Traffic traffic, int connections) throws Exception;
}
