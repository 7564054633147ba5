package dev.weft.http;

import java.util.ArrayDeque;

/** The requests of a connection that wait until those before them are answered. */
final class FollowingRequests {
    /**
     * The size of the requests that wait above which the connection does not read. It lets a client
     * send a batch without a change of what the poller watches.
     */
    private static final int MANY = 16_384;

    private final Http1Decoder decoder;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();

    /** The bytes that were decoded when the first of those that wait came. */
    private long decodedBefore;

    FollowingRequests(Http1Decoder decoder) {
        this.decoder = decoder;
    }

    void add(Exchange exchange) {
        if (waiting.isEmpty()) {
            decodedBefore = decoder.decoded();
        }
        waiting.add(exchange);
    }

    /** Removes the first one, which must be there. */
    Exchange next() {
        return waiting.remove();
    }

    void remove(Exchange exchange) {
        waiting.remove(exchange);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns whether no more should be read from the client. */
    boolean areMany() {
        return !waiting.isEmpty() && decoder.decoded() - decodedBefore > MANY;
    }

    /** Ends all without an answer. */
    void drop() {
        for (Exchange next = waiting.poll(); next != null; next = waiting.poll()) {
            next.drop();
        }
    }
}
