package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one program in a JVM of its own, and reads the lines that the program prints for the driver.
 * {@code launcher} is a command that starts the JVM in its turn, or empty.
 */
record ProgramTrial(
        Setting setting,
        List<String> launcher,
        String program,
        List<String> jvmOptions,
        List<String> args)
        implements Trial {
    private static final String PACKAGE = "dev.weft.benchmarks.program.";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    ProgramTrial(Setting setting, String program, List<String> jvmOptions, List<String> args) {
        this(setting, List.of(), program, jvmOptions, args);
    }

    @Override
    public Outcome run(Contestant contestant, int round) throws IOException, InterruptedException {
        Child child = Child.run(command(contestant), LIMIT);
        return child.succeeded()
                ? Outcome.of(rows(child.lines(), contestant, round))
                : Outcome.failed(child);
    }

    private List<String> command(Contestant contestant) {
        List<String> command = new ArrayList<>(launcher);
        command.add(contestant.jvm().tool("java"));
        command.add("-Djdk.virtualThreadScheduler.parallelism=1");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", setting.classPath(), PACKAGE + program));
        command.add(contestant.argument());
        command.addAll(args);
        return command;
    }

    private static List<Row> rows(List<String> lines, Contestant contestant, int round) {
        List<Row> rows = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#")) {
                String[] parts = line.substring(1).split("\\|", -1);
                double value = Double.parseDouble(parts[2]);
                rows.add(new Row(parts[0], parts[1], contestant, round, value));
            }
        }
        return rows;
    }
}
