package dev.weft.instrument.describe;

import dev.weft.instrument.analysis.Paths;
import java.util.StringJoiner;

/** Notes what the description of a very large method leaves out. */
final class Omissions {
    private static final int NONE = -1;

    private final Paths paths;
    private final StringJoiner notes = new StringJoiner("; ");
    private int lines = NONE;
    private int steps = NONE;

    Omissions(Paths paths) {
        this.paths = paths;
    }

    /** Looks whether the search for the lines that use what a state saves was cut. */
    void afterLinesOf(int state) {
        lines = lines == NONE && paths.isCut() ? state : lines;
    }

    /** Looks whether the search for the steps that begin at a state was cut. */
    void afterStepsFrom(int state) {
        steps = steps == NONE && paths.isCut() ? state : steps;
    }

    /** Compares the number of loops that are listed with the number of all. */
    void ofLoops(int listed, int all) {
        if (listed < all) {
            notes.add("only the first " + listed + " of " + all + " loops are listed");
        }
    }

    /** Returns the note; empty if nothing is left out. */
    String note() {
        if (steps == NONE) {
            return notes.toString();
        }
        StringJoiner missing = new StringJoiner(", and ");
        if (lines != NONE) {
            missing.add("lines that use the values saved from state " + lines + " on");
        }
        missing.add(
                "ways between states from "
                        + (steps == 0 ? "the start" : "state " + steps)
                        + " on");
        return notes.add(
                        "the method is too large for a complete search, which stops after "
                                + Paths.MOST_VISITS
                                + " blocks of code: "
                                + missing
                                + " may be missing")
                .toString();
    }
}
