package dev.weft.spec.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Records what the runtime logs, in place of the log. */
final class Logged implements Filter, AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<String> messages = new ArrayList<>();

    Logged() {
        logger.setFilter(this);
    }

    @Override
    public synchronized boolean isLoggable(LogRecord record) {
        messages.add(record.getMessage());
        notifyAll();
        return false;
    }

    /** Blocks the calling thread until a message contains {@code word}. */
    synchronized void awaitMessageAbout(String word) throws InterruptedException {
        while (messages.stream().noneMatch(message -> message.contains(word))) {
            wait();
        }
    }

    /** Returns the first message that contains {@code word}. */
    synchronized String firstAbout(String word) {
        return messages.stream()
                .filter(message -> message.contains(word))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        logger.setFilter(null);
    }
}
