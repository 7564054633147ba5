package dev.weft.instrument.torture;

import java.util.Map;
import java.util.TreeMap;

/** The summary of a run: the numbers of tortured methods, and the omissions with their reasons. */
final class Tally {
    private int classes;
    private int methods;
    private int awaits;
    private final Map<String, Integer> leftOut = new TreeMap<>();

    synchronized void tortured(int methods, int awaits) {
        this.classes++;
        this.methods += methods;
        this.awaits += awaits;
    }

    synchronized void leftOut(String reason) {
        leftOut.merge(reason, 1, Integer::sum);
    }

    int methods() {
        return methods;
    }

    int awaits() {
        return awaits;
    }

    @Override
    public String toString() {
        return "%,d classes, %,d methods, %,d awaits; left out: %s"
                .formatted(classes, methods, awaits, leftOut);
    }
}
