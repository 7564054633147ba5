package dev.weft.netty;

import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;

/**
 * The registrations of a Netty loop. Netty does not tell when a registration ends, so one that has
 * ended is removed later: at the end of the list at once, elsewhere when the list has doubled.
 */
final class Registrations {
    private static final int FIRST_LIMIT = 64;

    private final List<IoRegistration> all = new ArrayList<>();
    private int limit = FIRST_LIMIT;
    private boolean hasEnded;

    void add(IoRegistration registration) {
        if (all.size() >= limit) {
            all.removeIf(known -> !known.isValid());
            limit = Math.max(FIRST_LIMIT, 2 * all.size());
        }
        all.add(registration);
    }

    /** Returns whether a registration is valid, or has ended since the last poll. */
    boolean needPoll() {
        for (int last = all.size() - 1; last >= 0; last--) {
            if (all.get(last).isValid()) {
                return true;
            }
            all.remove(last);
            hasEnded = true;
        }
        return hasEnded;
    }

    /** Records a poll, which has released what belonged to the registrations that ended. */
    void polled() {
        hasEnded = false;
    }

    /** Returns the number of registrations that this keeps in memory. */
    int size() {
        return all.size();
    }
}
