package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures W2, W3, W4 and W7 with a thousand to ten million tasks, as plots and a file of figures.
 */
final class Growth {
    private static final int MOST_GIGABYTES = 14;

    /** A program, and the unit of the figure that is plotted. */
    private record Series(String title, String program, String unit) {}

    private static final List<Series> SERIES =
            List.of(
                    new Series("W2: ns per turn given up", "switch", "ns"),
                    new Series("W3: ns per task", "spawn", "ns"),
                    new Series("W4: live bytes per sleeping task", "Parked", "B per task"),
                    new Series("W7: CPU µs per sleep", "Sleepers", "CPU µs per sleep"));

    private final Setting setting;
    private final StringBuilder csv = new StringBuilder("workload,peer,java,tasks,value\n");
    private final Set<String> failures = new LinkedHashSet<>();

    private Growth(Setting setting) {
        this.setting = setting;
    }

    static void run(Setting setting) throws IOException, InterruptedException {
        Growth growth = new Growth(setting);
        List<Plot> plots = new ArrayList<>();
        for (Series series : SERIES) {
            plots.add(growth.plot(series));
        }
        Files.writeString(setting.results().resolve("growth.csv"), growth.csv);
        Files.writeString(setting.results().resolve("growth.svg"), Plot.document(plots));
        String text =
                "# growth\n\n"
                        + setting.head()
                        + "* Command: `benchmarks/run growth`\n\nSee `growth.svg`.\n"
                        + (growth.failures.isEmpty() ? "" : "\nNo figure:\n\n")
                        + String.join("\n", growth.failures)
                        + "\n";
        Files.writeString(setting.results().resolve("growth.md"), text);
        System.out.println(text + "\n" + growth.csv);
    }

    private Plot plot(Series series) throws IOException, InterruptedException {
        Map<Contestant, List<Plot.Point>> lines = new LinkedHashMap<>();
        Set<Contestant> left = contestants();
        int most = setting.quick() ? 100_000 : 10_000_000;
        for (int tasks = 1_000; tasks <= most; tasks *= 10) {
            for (Contestant contestant : List.copyOf(left)) {
                double value = measure(series, tasks, contestant);
                if (Double.isNaN(value)) {
                    left.remove(contestant);
                } else {
                    lines.computeIfAbsent(contestant, key -> new ArrayList<>())
                            .add(new Plot.Point(tasks, value));
                }
            }
        }
        Plot plot = new Plot(series.title(), "tasks at once", true);
        lines.forEach((contestant, points) -> plot.line(contestant.peer(), points));
        return plot;
    }

    /** Returns the contestants. A contestant that has failed is not measured with more tasks. */
    private Set<Contestant> contestants() {
        Set<Contestant> contestants = new LinkedHashSet<>();
        contestants.add(new Contestant(Contestant.WEFT, setting.base()));
        contestants.add(new Contestant("Kotlin", setting.base()));
        setting.newestOnly()
                .forEach(jvm -> contestants.add(new Contestant("virtual threads", jvm)));
        return contestants;
    }

    /** Measures and records a figure. Returns NaN after a failure, and records the reason. */
    private double measure(Series series, int tasks, Contestant contestant)
            throws IOException, InterruptedException {
        System.err.printf("%s, %,d tasks: %s%n", series.title(), tasks, contestant);
        Trial.Outcome outcome = trial(series, tasks).run(contestant, 1);
        for (Row row : outcome.rows()) {
            if (row.unit().equals(series.unit())) {
                note(series, tasks, row);
                return row.value();
            }
        }
        failures.add(
                "* %s, %,d tasks: %s: %s"
                        .formatted(series.title(), tasks, contestant, outcome.failure()));
        return Double.NaN;
    }

    private void note(Series series, int tasks, Row row) {
        Contestant contestant = row.contestant();
        csv.append(
                "\"%s\",\"%s\",%d,%d,%s%n"
                        .formatted(
                                series.title(),
                                contestant.peer(),
                                contestant.jvm().feature(),
                                tasks,
                                Numbers.exact(row.value())));
    }

    private ProgramTrial trial(Series series, int tasks) {
        List<String> heap = List.of("-Xmx" + setting.gigabytes(MOST_GIGABYTES) + "g");
        String count = Integer.toString(tasks);
        return switch (series.program()) {
            case "Parked" -> new ProgramTrial(setting, "Parked", heap, List.of(count, "1"));
            case "Sleepers" ->
                    new ProgramTrial(
                            setting,
                            "Sleepers",
                            heap,
                            List.of(count, setting.quick() ? "2" : "10"));
            default -> new ProgramTrial(setting, "Scale", heap, List.of(series.program(), count));
        };
    }
}
