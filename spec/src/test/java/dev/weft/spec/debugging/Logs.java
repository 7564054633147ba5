package dev.weft.spec.debugging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Weft logs while this is open, instead of on the console. Any thread may log. */
final class Logs extends Handler implements AutoCloseable {
    // Held strongly: java.util.logging forgets loggers that nobody holds.
    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logs() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    /** The only record whose message contains {@code text}. */
    LogRecord about(String text) {
        List<LogRecord> found =
                records.stream().filter(r -> r.getMessage().contains(text)).toList();
        if (found.size() != 1) {
            throw new AssertionError("of " + text + ": " + messages());
        }
        return found.get(0);
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
