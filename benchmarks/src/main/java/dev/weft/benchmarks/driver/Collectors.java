package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures four workloads under three garbage collectors on each JDK, in a single table. */
final class Collectors {
    private static final List<String> NAMES = List.of("G1", "Parallel", "Serial");
    private static final List<String> PEERS = List.of(Contestant.LIMIT, Contestant.WEFT);

    private final Setting setting;
    private final List<String> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private Collectors(Setting setting) {
        this.setting = setting;
    }

    static void run(Setting setting) throws IOException, InterruptedException {
        Collectors collectors = new Collectors(setting);
        for (int round = 1; round <= setting.rounds(); round++) {
            for (Jvm jvm : collectors.jvms()) {
                for (String name : NAMES) {
                    collectors.measure(jvm, name, round);
                }
            }
        }
        collectors.write();
    }

    private List<Jvm> jvms() {
        List<Jvm> jvms = new ArrayList<>(List.of(setting.base()));
        setting.newestOnly().stream().filter(jvm -> !jvms.contains(jvm)).forEach(jvms::add);
        return jvms;
    }

    private void measure(Jvm jvm, String collector, int round)
            throws IOException, InterruptedException {
        String option = "-XX:+Use" + collector + "GC";
        String benchmarks = setting.quick() ? "Switch" : "Await|Switch|Spawn|Queue";
        JmhTrial trial = new JmhTrial(setting, benchmarks, option);
        for (String peer : PEERS) {
            Trial.Outcome outcome = trial.run(new Contestant(peer, jvm), round);
            System.err.printf(
                    "collectors, round %d: %s, Java %d, %s %s%n",
                    round, peer, jvm.feature(), collector, outcome.failure());
            Contestant labelled = new Contestant(peer + " (" + collector + ")", jvm);
            for (Row row : outcome.rows()) {
                rows.add(new Row(row.workload(), row.unit(), labelled, round, row.value()));
            }
        }
    }

    private void write() throws IOException {
        StringBuilder csv = new StringBuilder(Row.HEAD + "\n");
        rows.forEach(row -> csv.append(row.csv()).append('\n'));
        Path folder = setting.results();
        Files.writeString(folder.resolve("collectors.csv"), csv);
        String text =
                "# collectors\n\n"
                        + setting.head()
                        + "* Command: `benchmarks/run collectors`\n\n"
                        + "Nanoseconds per operation: medians over the rounds.\n\n"
                        + table();
        Files.writeString(folder.resolve("collectors.md"), text);
        System.out.println(text);
    }

    /** A row per workload and peer, a column per collector and JDK. */
    private String table() {
        Map<String, Map<String, List<Double>>> lines = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.unit().equals("ns")) {
                String column = column(row.contestant());
                if (!columns.contains(column)) {
                    columns.add(column);
                }
                lines.computeIfAbsent(line(row), key -> new LinkedHashMap<>())
                        .computeIfAbsent(column, key -> new ArrayList<>())
                        .add(row.value());
            }
        }
        StringBuilder text = new StringBuilder("| workload | peer |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|---|").append("---:|".repeat(columns.size())).append('\n');
        lines.keySet().stream()
                .sorted()
                .forEach(line -> text.append(cells(line, lines.getOrDefault(line, Map.of()))));
        return text.toString();
    }

    private String cells(String line, Map<String, List<Double>> values) {
        StringBuilder text = new StringBuilder(line);
        for (String column : columns) {
            List<Double> all = values.getOrDefault(column, List.of());
            text.append(' ').append(all.isEmpty() ? "" : Numbers.brief(Numbers.median(all)));
            text.append(" |");
        }
        return text.append('\n').toString();
    }

    private static String line(Row row) {
        String peer = row.contestant().peer();
        return "| %s | %s |".formatted(row.workload(), peer.substring(0, peer.indexOf(' ')));
    }

    private static String column(Contestant contestant) {
        String peer = contestant.peer();
        String collector = peer.substring(peer.indexOf('(') + 1, peer.indexOf(')'));
        return collector + ", Java " + contestant.jvm().feature();
    }
}
