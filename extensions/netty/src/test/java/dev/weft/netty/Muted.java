package dev.weft.netty;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns a logger off for what a test provokes. */
final class Muted {
    private final Logger logger;

    Muted(String name) {
        logger = Logger.getLogger(name);
        logger.setLevel(Level.OFF);
    }

    void end() {
        logger.setLevel(null);
    }
}
