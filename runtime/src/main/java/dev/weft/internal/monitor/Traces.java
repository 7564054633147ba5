package dev.weft.internal.monitor;

import dev.weft.internal.trace.TraceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answers to requests for traces. */
final class Traces {
    private Traces() {}

    static String start(int seconds, int spans, String format) {
        try {
            return TraceRequest.start(seconds, spans, format).state();
        } catch (IOException noFile) {
            throw new UncheckedIOException(noFile);
        }
    }

    static String end() {
        TraceRequest.last().end();
        return TraceRequest.last().state();
    }

    static String piece(long offset) {
        try {
            return TraceRequest.last().piece(offset);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static String drop() {
        TraceRequest.last().drop();
        return "";
    }
}
