package dev.weft.instrument.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * JaCoCo counts compiled targets in the coverage shape as the same targets on a runtime that
 * blocks: line by line, and branch by branch.
 */
class CoverageTest {
    private static final File OLDEST = new File("target/jacoco/org.jacoco.core.jar");

    @Test
    void theNewestJacocoCountsBodiesAsPlainCode() throws Exception {
        compare(Jacoco.newest(), Jacoco.newest());
    }

    @Test
    void theOldestJacocoCountsBodiesAsPlainCode() throws Exception {
        compare(Jacoco.of(OLDEST), Jacoco.of(OLDEST));
    }

    private static void compare(Meter blocking, Meter compiled) throws Exception {
        Recorded recorded = Recorded.of(blocking, compiled);
        Map<String, String> expected = recorded.expected();
        Map<String, String> actual = recorded.actual();
        TreeSet<String> differing = new TreeSet<>(expected.keySet());
        differing.addAll(actual.keySet());
        differing.removeIf(
                key ->
                        isSame(key, expected.getOrDefault(key, ""), actual.getOrDefault(key, ""))
                                || recorded.returnsOther(key));

        assertThat(differing)
                .as("lines that differ")
                .allSatisfy(
                        key ->
                                assertThat(key + " " + expected.get(key))
                                        .isEqualTo(key + " " + actual.get(key)));
        assertThat(expected.keySet().stream().filter(key -> isBranched(expected.get(key))))
                .hasSizeGreaterThan(150);
    }

    /**
     * Returns whether the counters are the same. A line whose await throws in every run is red in
     * plain code, because the probe follows the call. In a body it may have another colour, because
     * the body has a probe where it suspends. Totals count such lines and methods too.
     */
    private static boolean isSame(String key, String expected, String actual) {
        boolean total = !key.contains(":");
        if (total) {
            return !key.endsWith(" BRANCH") || expected.equals(actual);
        }
        return expected.equals(actual) || isSameButForTheColour(expected, actual);
    }

    private static boolean isSameButForTheColour(String expected, String actual) {
        String branches = expected.substring(expected.indexOf(' ') + 1);
        return expected.startsWith("red ") && actual.endsWith(" " + branches);
    }

    private static boolean isBranched(String counters) {
        return counters.contains(" ") && !counters.endsWith(" 0/0");
    }
}
