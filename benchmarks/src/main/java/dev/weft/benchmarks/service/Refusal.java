package dev.weft.benchmarks.service;

/**
 * A failure that ends a request with a status. Has no stack trace: a trace would cost more than the
 * rest of the request, in all versions.
 */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    public Refusal(int status) {
        super("status " + status, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
