package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The costs in README.md are figures of benchmarks/results, rounded. */
class ReadmeFiguresTest {
    private static final Path RESULTS = Page.ROOT.resolve("benchmarks/results");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?");

    private static final List<String> PEERS = List.of("limit", "Weft", "Kotlin", "virtual threads");

    @TestFactory
    Stream<DynamicTest> eachFigureIsOneOfTheResultsOfItsPeer() {
        return IntStream.range(0, PEERS.size())
                .boxed()
                .flatMap(
                        peer ->
                                tests(
                                        PEERS.get(peer),
                                        rows().map(row -> row.split("\\|", -1)[peer + 2])));
    }

    private static Stream<DynamicTest> tests(String peer, Stream<String> cells) {
        List<BigDecimal> results = resultsOf(peer);
        return cells.filter(cell -> !cell.contains("not in"))
                .flatMap(cell -> NUMBER.matcher(cell).results())
                .map(number -> number.group())
                .map(number -> dynamicTest(peer + ": " + number, () -> isIn(results, number)));
    }

    private static Stream<String> rows() {
        String text = Page.of("README.md").text();
        String costs = text.substring(text.indexOf("## What it costs"));
        return costs.substring(0, costs.indexOf("Java 17 on two cores"))
                .lines()
                .filter(line -> line.matches("\\| .*\\d.*"));
    }

    /** Returns the figures in lines such as {@code | Weft (mega) | 17 | 6.02 | 0.055 |}. */
    private static List<BigDecimal> resultsOf(String peer) {
        Pattern line = Pattern.compile("(?m)^\\| " + peer + "(?: \\(mega\\))? \\| \\d+ \\|(.*)");
        try (Stream<Path> files = Files.list(RESULTS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(file -> line.matcher(Page.textOf(file)).results().toList().stream())
                    .flatMap(row -> NUMBER.matcher(row.group(1)).results())
                    .map(number -> value(number.group()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BigDecimal value(String number) {
        return new BigDecimal(number.replace(",", ""));
    }

    private static void isIn(List<BigDecimal> results, String number) {
        BigDecimal figure = value(number);
        assertThat(results)
                .as("a figure of benchmarks/results that is rounded to %s", number)
                .anyMatch(
                        result ->
                                rounds(result, figure) || rounds(result.movePointLeft(3), figure));
    }

    private static boolean rounds(BigDecimal result, BigDecimal figure) {
        return result.setScale(figure.scale(), RoundingMode.HALF_UP).compareTo(figure) == 0;
    }
}
