package dev.weft.benchmarks.service;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The lines that the connections receive. The requests that hang are among the first ones. */
public final class Traffic {
    /** The number of different lines. */
    public static final int LINES = 16_384;

    private static final int HANGING = 4_096;
    private static final String[] USUAL = lines(false);
    private static final String[] SLOW = lines(true);

    private final AtomicInteger taken = new AtomicInteger();
    private final int passes;
    private final boolean slow;

    /**
     * Creates traffic.
     *
     * @param passes number of times that each line is received
     * @param slow whether one request in 4,096 hangs, in the first pass
     */
    public Traffic(int passes, boolean slow) {
        this.passes = passes;
        this.slow = slow;
    }

    private static String[] lines(boolean slow) {
        String[] lines = new String[LINES];
        for (int id = 0; id < LINES; id++) {
            int customer = Script.answer(Site.TOKENS, id) % 1_000;
            int item = Script.answer(Site.CATALOGUE, id);
            String action = id % 2 == 0 ? "order" : id % 64 == 63 ? "unknown" : "browse";
            int hangs = slow && id % HANGING == HANGING - 2 ? 1 : 0;
            lines[id] =
                    "POST /%s?id=%d&customer=%d&item=%d&count=%d&hangs=%d HTTP/1.1"
                            .formatted(action, id, customer, item, 1 + id % 5, hangs);
        }
        return lines;
    }

    public int requests() {
        return passes * LINES;
    }

    /** Returns the next line, or null after the last one. */
    public @Nullable String next() {
        int number = taken.getAndIncrement();
        if (number >= requests()) {
            return null;
        }
        return (slow && number < LINES ? SLOW : USUAL)[number % LINES];
    }
}
