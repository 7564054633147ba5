package dev.weft.benchmarks.service;

/** The reply to a request. */
public record Reply(int id, int status, int total) {
    public static final int OK = 200;
    public static final int FORBIDDEN = 403;
    public static final int UNKNOWN = 404;
    public static final int UNAVAILABLE = 503;
    public static final int TOO_LATE = 504;

    /** Returns a number that depends on all parts. */
    public long sum() {
        return (id * 31L + status) * 31 + total;
    }
}
