package dev.weft.http;

import java.io.IOException;

/** A request that cannot be handled, with the status of its answer. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }
}
