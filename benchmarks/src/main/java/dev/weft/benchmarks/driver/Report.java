package dev.weft.benchmarks.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of one table as Markdown: for each workload a row per peer and a column per unit. */
final class Report {
    private final List<Row> rows;

    Report(List<Row> rows) {
        this.rows = rows;
    }

    String markdown() {
        Map<String, List<Row>> byWorkload = new LinkedHashMap<>();
        for (Row row : rows) {
            byWorkload.computeIfAbsent(row.workload(), key -> new ArrayList<>()).add(row);
        }
        StringBuilder text = new StringBuilder();
        byWorkload.forEach((workload, some) -> append(text, workload, new Medians(some)));
        return text.toString();
    }

    /** The ratios are those of the first unit. */
    private static void append(StringBuilder text, String workload, Medians medians) {
        text.append("\n### ").append(workload).append("\n\n| peer | Java |");
        Set<String> units = medians.units();
        for (String unit : units) {
            text.append(' ').append(unit).append(" |");
        }
        text.append(
                " lowest to highest | highest / lowest | times the limit | Weft is so many times it |\n|---|---|");
        text.append("---:|".repeat(units.size() + 4)).append('\n');
        String unit = units.iterator().next();
        for (Contestant contestant : medians.contestants()) {
            text.append("| %s | %d |".formatted(contestant.peer(), contestant.jvm().feature()));
            for (String each : units) {
                text.append(' ').append(medians.text(contestant, each)).append(" |");
            }
            text.append(" %s | ".formatted(medians.range(contestant, unit)));
            text.append(medians.spread(contestant, unit)).append(" | ");
            text.append(ratio(medians, unit, contestant, limit(medians, contestant)));
            text.append(" | ");
            text.append(ratio(medians, unit, weft(medians, contestant), contestant));
            text.append(" |\n");
        }
    }

    private static String ratio(Medians medians, String unit, Contestant over, Contestant under) {
        double ratio = medians.of(over, unit) / medians.of(under, unit);
        return over.equals(under) || Double.isNaN(ratio) ? "" : Numbers.brief(ratio);
    }

    /** Returns the plain limit, on the same Java if measured there. */
    private static Contestant limit(Medians medians, Contestant contestant) {
        return medians.best(contestant, Contestant.LIMIT, "");
    }

    /** Returns Weft in the same variant, such as "(mega)", if measured. */
    private static Contestant weft(Medians medians, Contestant contestant) {
        int variant = contestant.peer().indexOf('(');
        String wanted = variant < 0 ? "" : contestant.peer().substring(variant);
        return medians.best(contestant, Contestant.WEFT, wanted);
    }

    /** The medians over the rounds of one workload. */
    private static final class Medians {
        private final Map<Contestant, Map<String, List<Double>>> values = new LinkedHashMap<>();
        private final Set<String> units = new LinkedHashSet<>();

        Medians(List<Row> rows) {
            for (Row row : rows) {
                units.add(row.unit());
                values.computeIfAbsent(row.contestant(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(row.unit(), key -> new ArrayList<>())
                        .add(row.value());
            }
        }

        Set<String> units() {
            return units;
        }

        Set<Contestant> contestants() {
            return values.keySet();
        }

        private List<Double> values(Contestant contestant, String unit) {
            return values.getOrDefault(contestant, Map.of()).getOrDefault(unit, List.of());
        }

        double of(Contestant contestant, String unit) {
            List<Double> all = values(contestant, unit);
            return all.isEmpty() ? Double.NaN : Numbers.median(all);
        }

        String text(Contestant contestant, String unit) {
            double median = of(contestant, unit);
            return Double.isNaN(median) ? "" : Numbers.brief(median);
        }

        String range(Contestant contestant, String unit) {
            return values(contestant, unit).stream()
                    .sorted()
                    .map(Numbers::brief)
                    .reduce((least, most) -> least.split(" ", 2)[0] + " to " + most)
                    .orElse("");
        }

        /** Returns the highest figure divided by the lowest, or nothing after a single round. */
        String spread(Contestant contestant, String unit) {
            List<Double> sorted = values(contestant, unit).stream().sorted().toList();
            return sorted.size() < 2
                    ? ""
                    : Numbers.brief(sorted.get(sorted.size() - 1) / sorted.get(0));
        }

        /**
         * Returns a contestant of a family: same variant first, then same Java; otherwise {@code
         * contestant}.
         */
        Contestant best(Contestant contestant, String family, String variant) {
            Contestant best = contestant;
            int bestScore = -1;
            for (Contestant candidate : values.keySet()) {
                if (candidate.isA(family)) {
                    int score = candidate.peer().endsWith(variant) && !variant.isEmpty() ? 4 : 0;
                    score += candidate.peer().indexOf('(') < 0 ? 2 : 0;
                    score += candidate.jvm().equals(contestant.jvm()) ? 1 : 0;
                    if (score > bestScore) {
                        best = candidate;
                        bestScore = score;
                    }
                }
            }
            return best;
        }
    }
}
