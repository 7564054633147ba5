package dev.weft.samples.service;

import java.util.Map;

/** A request that cannot be served, with its answer. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, ?> body;

    /** Creates an exception for a status, and an object of JSON. */
    Refusal(int status, Map<String, ?> body) {
        super(status + " " + body);
        this.status = status;
        this.body = body;
    }

    Refusal(int status, String error) {
        this(status, Map.of("error", error));
    }

    int status() {
        return status;
    }

    Map<String, ?> body() {
        return body;
    }
}
