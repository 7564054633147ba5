package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries pass their published tests as before with an await before each call and on each line:
 * commons-codec in every build, the others with {@code -Ptorture}.
 */
class PublishedTestsTest {
    private static final List<String> LIBRARIES =
            Corpus.ALL
                    ? List.of("commons-codec", "commons-collections4", "commons-lang3")
                    : List.of("commons-codec");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> passAsTheyDid() {
        return LIBRARIES.stream().map(library -> dynamicTest(library, () -> compare(library)));
    }

    private void compare(String library) throws Exception {
        Path jar = Corpus.onClassPath(library, ".jar");
        Suite suite =
                new Suite(
                        Corpus.onClassPath(library, "-tests.jar"),
                        Corpus.CLASS_PATH,
                        folder.resolve(library));
        SortedMap<String, byte[]> classes = Corpus.jar(jar);
        Outcomes untouched = suite.run("untouched", classes);
        System.out.println("The tests of " + library + ", untouched: " + untouched);
        for (Way way : Way.values()) {
            Tally tally = new Tally();
            Map<String, byte[]> tortured = new TreeMap<>(new Torturer(way, tally).torture(classes));
            tortured.putAll(Driven.classes());
            System.out.println("Tortured " + library + " to " + way + ": " + tally);

            Outcomes outcomes = suite.run(way.name(), tortured);

            System.out.println("Its tests: " + outcomes);
            assertThat(untouched.differences(outcomes)).isEmpty();
            assertThat(outcomes.passed()).isGreaterThan(1_000);
        }
    }
}
