package dev.weft.samples.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code of docs/tutorial.md is cut from these sources, and prints the output on the page. */
class TutorialTest {
    private static final Path PAGE = Path.of("../docs/tutorial.md");
    private static final Path SOURCES = Path.of("src");

    @Test
    void theCodeOfThePageIsCutFromTheSources() throws IOException {
        String sources = sources();
        assertThat(blocks("java"))
                .hasSizeGreaterThan(10)
                .allSatisfy(block -> assertThat(sources.contains(words(block))).as(block).isTrue());
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java =
                    files.filter(file -> file.toString().contains("tutorial"))
                            .filter(file -> file.toString().endsWith(".java"))
                            .toList();
            StringBuilder sources = new StringBuilder();
            for (Path file : java) {
                sources.append(words(Files.readString(file)));
            }
            return sources.toString();
        }
    }

    private static String words(String source) {
        return source.replaceAll("\\s", "");
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.toList());
    }

    @ParameterizedTest(name = "{0} in {1} ms")
    @CsvSource({"FirstCoroutine, 1000", "TwoTasks, 1000", "Limits, 2500", "Groups, 2000"})
    void printsTheOutputOnThePageAndTakesItsTime(String program, int millis) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Duration took;
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(main(program));
            took = Duration.ofNanos(runner.loop().time());
        } finally {
            System.setOut(out);
        }

        assertThat(blocks("text")).contains(printed.toString(StandardCharsets.UTF_8));
        assertThat(took).isEqualTo(Duration.ofMillis(millis));
    }

    private static Coroutine<Void> main(String program) {
        return switch (program) {
            case "FirstCoroutine" -> FirstCoroutine.main();
            case "TwoTasks" -> TwoTasks.main();
            case "Limits" -> Limits.main();
            case "Groups" -> Groups.main();
            default -> throw new IllegalArgumentException(program);
        };
    }
}
