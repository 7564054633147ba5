package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A wait of a handshake: until bytes came, or until the output was taken. Output is also given to
 * the plain stream while bytes are awaited: two sides of TLS 1.3 write at the same time.
 */
final class TlsExchange extends Waiting<Boolean> {
    private final TlsStream stream;
    private final TlsRecords records;
    private final boolean isForInput;

    TlsExchange(TlsStream stream, TlsRecords records, boolean isForInput) {
        this.stream = stream;
        this.records = records;
        this.isForInput = isForInput;
    }

    @Override
    void enter(Task<?> task) throws IOException {
        stream.use(task);
    }

    @Override
    String description() {
        return "TLS handshake with " + text(stream.remote());
    }

    @Override
    Budget budget() {
        return stream.budget();
    }

    @Override
    void occupy() {
        stream.reader = this;
        stream.writer = this;
    }

    /** Returns true, or false if the input has ended before bytes came. */
    @Override
    @Nullable Object attempt(Task<?> task) throws IOException {
        records.plain.checkOpen();
        boolean isTaken = stream.tryFlush();
        if (!isForInput) {
            return isTaken ? (Object) true : PENDING;
        }
        int count = records.fill();
        return count == 0 ? PENDING : (Object) (count > 0);
    }

    @Override
    void arm() {
        if (isForInput) {
            stream.watchInput(true);
        }
    }

    @Override
    void disarm() {
        stream.watchInput(false);
    }

    @Override
    void leave() {
        stream.reader = null;
        stream.writer = null;
    }
}
