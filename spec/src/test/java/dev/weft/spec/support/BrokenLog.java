package dev.weft.spec.support;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Makes every attempt of Weft to log throw while open, as a full disk may. */
public final class BrokenLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.weft");

    /** Breaks the log. */
    public BrokenLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        throw new IllegalStateException("the log is broken");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
