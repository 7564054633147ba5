package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.util.List;

/** The work of one peer in one round of a table. */
interface Trial {
    /** Returns the figures that the peer prints, or the reason of the failure. */
    Outcome run(Contestant contestant, int round) throws IOException, InterruptedException;

    /** Figures, or the reason of a failure. */
    record Outcome(List<Row> rows, String failure) {
        static Outcome of(List<Row> rows) {
            return new Outcome(rows, "");
        }

        static Outcome failed(Child child) {
            return new Outcome(List.of(), child.reason());
        }
    }
}
