package dev.weft.spec.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the log of Weft while open, and keeps the console free of it. Any thread may log. */
public final class Logs extends Handler implements AutoCloseable {
    // Held strongly: java.util.logging drops a logger that only it refers to.
    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Starts to capture. */
    public Logs() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Returns the messages so far, in order. */
    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    /** Returns whether a message so far contains {@code text}. */
    public boolean mention(String text) {
        return messages().stream().anyMatch(message -> message.contains(text));
    }

    /** Returns the only record whose message contains {@code text}. */
    public LogRecord about(String text) {
        List<LogRecord> found =
                records.stream().filter(r -> r.getMessage().contains(text)).toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " records contain '" + text + "': " + messages());
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
