package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Java of each row of docs/from-asyncio.md is compiled and run by the tests named Asyncio. */
class AsyncioTableTest {
    private static final Path TESTS = Path.of("src/test/java/dev/weft/spec/docs");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A row of a table: three cells. */
    private record Row(String python, String java, String difference) {
        static Row of(String line) {
            String[] cells = line.split("\\|");
            assertThat(cells).as(line).hasSize(4);
            return new Row(cells[1].strip(), cells[2].strip(), cells[3].strip());
        }

        boolean isHeading() {
            return java.equals("Weft") || java.startsWith("---");
        }

        Stream<String> snippets() {
            return CODE.matcher(java).results().map(code -> code.group(1));
        }
    }

    private static List<Row> rows() {
        return Page.of("docs/from-asyncio.md")
                .text()
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(Row::of)
                .filter(row -> !row.isHeading())
                .toList();
    }

    @Test
    void theTableHasAtLeast40Rows() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void aRowWithoutJavaSaysWhy() {
        assertThat(rows())
                .filteredOn(row -> row.snippets().findAny().isEmpty())
                .allSatisfy(row -> assertThat(row.java()).isIn("none", "none yet"))
                .allSatisfy(row -> assertThat(row.difference()).hasSizeGreaterThan(20));
    }

    @TestFactory
    Stream<DynamicTest> eachSnippetIsCompiled() {
        String sources =
                Stream.of("Tasks", "Waiting", "Threads", "Loop", "Sync")
                        .map(part -> Page.textOf(TESTS.resolve("Asyncio" + part + "Test.java")))
                        .map(AsyncioTableTest::code)
                        .collect(Collectors.joining());
        return rows().stream()
                .flatMap(
                        row ->
                                row.snippets()
                                        .map(
                                                snippet ->
                                                        dynamicTest(
                                                                row.python() + ": " + snippet,
                                                                () -> isIn(sources, snippet))));
    }

    private static void isIn(String sources, String snippet) {
        assertThat(sources.contains(code(snippet))).as("not compiled: %s", snippet).isTrue();
    }

    /** Returns the source without comments and spaces. */
    private static String code(String source) {
        return source.replaceAll("(?m)//.*$|(?s)/\\*.*?\\*/", "").replaceAll("\\s", "");
    }

    @TestFactory
    Stream<DynamicTest> eachNamedTypeAndMethodExists() {
        return Stream.of("README.md", "docs")
                .flatMap(
                        place ->
                                Page.all().stream()
                                        .filter(page -> page.toString().startsWith(place)))
                .flatMap(
                        page ->
                                CODE.matcher(page.prose())
                                        .results()
                                        .map(code -> code.group(1))
                                        .flatMap(code -> Names.in(code).stream())
                                        .distinct()
                                        .map(
                                                name ->
                                                        dynamicTest(
                                                                page + ": " + name,
                                                                () -> Names.exists(name))));
    }
}
