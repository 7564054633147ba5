package dev.weft.benchmarks.service;

import java.util.concurrent.TimeoutException;

/**
 * Counts and adds up what the service has answered and written. Belongs to one thread at a time.
 */
public final class Ledger {
    private long requests;
    private long replies;
    private long written;

    public void replied(Reply reply) {
        requests++;
        replies += reply.sum();
    }

    public void written(Entry entry) {
        written += entry.id() * 7L + entry.total();
    }

    public long requests() {
        return requests;
    }

    /** Returns a number that is equal for two versions that do the same. */
    public long checksum() {
        return requests + 31 * replies + 37 * written;
    }

    /** Returns the reply for a request that has failed. */
    public static Reply failed(Request request, Exception failure) {
        if (failure instanceof Refusal refusal) {
            return new Reply(request.id(), refusal.status(), 0);
        }
        if (failure instanceof TimeoutException) {
            return new Reply(request.id(), Reply.TOO_LATE, 0);
        }
        throw new IllegalStateException("request " + request.id(), failure);
    }
}
