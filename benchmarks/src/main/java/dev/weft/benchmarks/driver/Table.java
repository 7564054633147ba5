package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison of peers. Peers take turns (A B C A B C), so that a slow minute of the machine
 * affects all peers.
 */
record Table(String name, String title, List<Contestant> contestants, Trial trial) {
    /** Every figure of every round, and the reasons of failures. */
    record Figures(List<Row> rows, Map<String, String> failures) {}

    Figures measure(int rounds) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : contestants) {
                long start = System.nanoTime();
                Trial.Outcome outcome = trial.run(contestant, round);
                rows.addAll(outcome.rows());
                if (outcome.rows().isEmpty()) {
                    failures.put(contestant.toString(), outcome.failure());
                }
                System.err.printf(
                        "%s, round %d of %d: %s, %.1f s%s%n",
                        name,
                        round,
                        rounds,
                        contestant,
                        (System.nanoTime() - start) / 1e9,
                        outcome.rows().isEmpty() ? ": " + outcome.failure() : "");
            }
        }
        return new Figures(rows, failures);
    }
}
