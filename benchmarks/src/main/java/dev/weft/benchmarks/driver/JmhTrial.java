package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks of some classes under JMH, one fork each, with an option for the JVM. */
record JmhTrial(Setting setting, String benchmarks, String option) implements Trial {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String ALLOCATED = ":gc.alloc.rate.norm";
    private static final int HEAP_GIGABYTES = 6;

    JmhTrial(Setting setting, String benchmarks) {
        this(setting, benchmarks, "");
    }

    @Override
    public Outcome run(Contestant contestant, int round) throws IOException, InterruptedException {
        Path result = Files.createTempFile("weft-jmh", ".csv");
        try {
            Child child = Child.run(command(contestant, result), LIMIT);
            List<String> lines = Files.readAllLines(result);
            return lines.isEmpty()
                    ? Outcome.failed(child)
                    : Outcome.of(rows(lines, contestant, round));
        } finally {
            Files.delete(result);
        }
    }

    private List<String> command(Contestant contestant, Path result) {
        List<String> command = new ArrayList<>();
        command.add(contestant.jvm().tool("java"));
        command.addAll(List.of("-Xmx128m", "-cp", setting.classPath(), "org.openjdk.jmh.Main"));
        command.add("\\.jmh\\.(" + benchmarks + ")\\.");
        command.addAll(List.of("-p", "name=" + contestant.argument()));
        command.addAll(List.of("-f", "1", "-prof", "gc", "-rf", "csv", "-rff", result.toString()));
        command.addAll(
                setting.quick()
                        ? List.of("-wi", "1", "-w", "200ms", "-i", "1", "-r", "200ms")
                        : List.of("-wi", "4", "-w", "600ms", "-i", "5", "-r", "500ms"));
        String heap = setting.gigabytes(HEAP_GIGABYTES) + "g";
        command.addAll(
                List.of(
                        "-jvmArgs",
                        "-Xms%1$s -Xmx%1$s %2$s %3$s -Djdk.virtualThreadScheduler.parallelism=1"
                                .formatted(
                                        heap,
                                        setting.quick() ? "" : "-XX:+AlwaysPreTouch",
                                        option)));
        return command;
    }

    /**
     * JMH's own lines: benchmark, mode, threads, samples, score, error, unit, and the parameters.
     */
    private static List<Row> rows(List<String> lines, Contestant contestant, int round) {
        List<String> head = cells(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            String name = cells.get(0);
            boolean allocated = name.endsWith(ALLOCATED);
            if (allocated || name.indexOf(':') < 0) {
                String workload = name.replace(ALLOCATED, "") + parameters(head, cells);
                double value = Double.parseDouble(cells.get(4));
                rows.add(
                        new Row(brief(workload), allocated ? "B" : "ns", contestant, round, value));
            }
        }
        return rows;
    }

    /** Package and class are cut to the class. */
    private static String brief(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    private static String parameters(List<String> head, List<String> cells) {
        StringBuilder text = new StringBuilder();
        for (int i = 7; i < head.size(); i++) {
            String parameter = head.get(i).replace("Param: ", "");
            if (!parameter.equals("name") && !cells.get(i).isEmpty()) {
                text.append(", ").append(parameter).append(' ').append(cells.get(i));
            }
        }
        return text.toString();
    }

    private static List<String> cells(String line) {
        return List.of(line.replace("\"", "").split(",", -1));
    }
}
