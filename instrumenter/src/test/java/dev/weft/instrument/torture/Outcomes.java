package dev.weft.instrument.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The outcomes of a run's tests, by the id in JUnit. */
record Outcomes(SortedMap<String, Outcome> tests) {
    /** The last line of a run that was not cut short. */
    static final String END = "the end";

    /** {@code end} is a status of JUnit, or {@code SKIPPED}, or {@code OUT_OF_MEMORY}. */
    record Outcome(String end, String why) {}

    /** Reads the output of {@link SuiteMain}. */
    static Outcomes read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
            throw new AssertionError("cut short: " + file);
        }
        SortedMap<String, Outcome> tests = new TreeMap<>();
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] parts = line.split("\t", 3);
            tests.put(parts[1], new Outcome(parts[0], parts[2]));
        }
        return new Outcomes(tests);
    }

    /** Returns the tests with different outcomes in the two runs, and both outcomes. */
    SortedMap<String, String> differences(Outcomes other) {
        SortedMap<String, String> differences = new TreeMap<>();
        tests.forEach((test, outcome) -> differences.put(test, outcome + ", not there"));
        other.tests.forEach(
                (test, outcome) -> {
                    Outcome here = tests.get(test);
                    differences.put(test, here + ", " + outcome);
                    if (here != null && here.end.equals(outcome.end)) {
                        differences.remove(test);
                    }
                });
        return differences;
    }

    long passed() {
        return tests.values().stream().filter(test -> test.end.equals("SUCCESSFUL")).count();
    }

    @Override
    public String toString() {
        Map<String, Long> counts =
                tests.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Outcome::end, TreeMap::new, Collectors.counting()));
        return "%,d tests: %s".formatted(tests.size(), counts);
    }
}
