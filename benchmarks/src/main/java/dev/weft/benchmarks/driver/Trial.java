package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.util.List;

/** What one peer does in one round of a table. */
interface Trial {
    /** The figures it prints, or why there are none. */
    Outcome run(Contestant contestant, int round) throws IOException, InterruptedException;

    /** Figures; or none and a reason. */
    record Outcome(List<Row> rows, String failure) {
        static Outcome of(List<Row> rows) {
            return new Outcome(rows, "");
        }

        static Outcome failed(Child child) {
            return new Outcome(List.of(), child.reason());
        }
    }
}
