package dev.weft.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RULES.md and the test classes agree. */
class RulesFileTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path TESTS = BASE.resolve("src/test/java/dev/weft/spec");
    private static final Pattern RULE = Pattern.compile("### Rule (\\d+a?): .*");
    private static final Pattern CLASS = Pattern.compile("`([\\w.]*Test)`");

    private final List<String> lines = readLines(BASE.resolve("RULES.md"));

    @Test
    void everyRuleIsThereOnceAndInOrder() {
        List<String> expected =
                new ArrayList<>(IntStream.rangeClosed(1, 38).mapToObj(Integer::toString).toList());
        expected.add(expected.indexOf("35") + 1, "35a");
        List<String> numbers =
                lines.stream()
                        .map(RULE::matcher)
                        .filter(Matcher::matches)
                        .map(m -> m.group(1))
                        .toList();

        assertThat(numbers).isEqualTo(expected);
    }

    @Test
    void everyRuleAndEverySectionNamesATest() {
        assertThat(testsBySection())
                .hasSizeGreaterThan(39)
                .allSatisfy((section, tests) -> assertThat(tests).as(section).isNotEmpty());
    }

    @Test
    void everyTestClassThatIsNamedExists() {
        for (String test : namedTests()) {
            assertThat(TESTS.resolve(test.replace('.', '/') + ".java")).exists();
        }
    }

    @Test
    void everyTestClassThatExistsIsNamed() {
        assertThat(testsIn(TESTS))
                .filteredOn(test -> !test.matches("RulesFileTest|(docs|architecture)\\..*"))
                .allSatisfy(test -> assertThat(namedTests()).contains(test));
    }

    @Test
    void aClassWithARuleInItsNameIsNamedByThatRule() {
        Map<String, List<String>> sections = testsBySection();
        for (String test : testsIn(TESTS)) {
            Matcher number = Pattern.compile(".*\\.Rule0?(\\d+)\\w*Test").matcher(test);
            if (number.matches()) {
                String section = "### Rule " + number.group(1) + ":";
                assertThat(sections)
                        .anySatisfy(
                                (title, tests) -> {
                                    assertThat(title).startsWith(section);
                                    assertThat(tests).contains(test);
                                });
            }
        }
    }

    /** Returns the tests that each third-level section names. */
    private Map<String, List<String>> testsBySection() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String section = null;
        for (String line : lines) {
            if (line.startsWith("## ")) {
                section = null;
            } else if (line.startsWith("### ")) {
                section = line;
                sections.put(section, new ArrayList<>());
            } else if (section != null) {
                sections.get(section).addAll(testsIn(line));
            }
        }
        return sections;
    }

    private Set<String> namedTests() {
        Set<String> named = new TreeSet<>();
        lines.forEach(line -> named.addAll(testsIn(line)));
        named.remove("RulesFileTest");
        return named;
    }

    private static List<String> testsIn(String line) {
        return CLASS.matcher(line).results().map(m -> m.group(1)).toList();
    }

    private static List<String> testsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('/', '.'))
                    .filter(file -> file.endsWith("Test.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
