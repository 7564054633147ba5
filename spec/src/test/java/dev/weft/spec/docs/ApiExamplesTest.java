package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Checks that the code examples in the Javadoc of the public types are compiled and run by the
 * other tests of this package: the text is the same except for white space.
 */
class ApiExamplesTest {
    private static final Path API = Path.of("../runtime/src/main/java/dev/weft");
    private static final Path JUNIT = Path.of("../extensions/junit/src/main/java/dev/weft/junit");
    private static final Path EXAMPLES = Path.of("src/test/java/dev/weft/spec/docs");

    private static final List<String> MAIN_TYPES =
            List.of(
                    "Async",
                    "AsyncIterator",
                    "BlockingPool",
                    "CancelledError",
                    "Coroutine",
                    "Deferred",
                    "EventLoop",
                    "Handle",
                    "LoopThread",
                    "Outcome",
                    "Promise",
                    "Runner",
                    "Task",
                    "TaskGroup",
                    "TaskLocal",
                    "Unhandled",
                    "ReturnWhen",
                    "WaitResult",
                    "Weft",
                    "resilience/Backoff",
                    "resilience/CircuitBreaker",
                    "resilience/CircuitOpenException",
                    "resilience/Hedge",
                    "resilience/RateLimiter",
                    "resilience/Retry",
                    "sync/AsyncBarrier",
                    "sync/AsyncCondition",
                    "sync/AsyncEvent",
                    "sync/AsyncLock",
                    "sync/AsyncQueue",
                    "sync/AsyncSemaphore",
                    "sync/QueueShutdownException");

    private static final Pattern BLOCK =
            Pattern.compile("<pre>\\{@code\\n(.*?)}</pre>", Pattern.DOTALL);

    @Test
    void everyMainTypeHasAnExample() {
        assertThat(MAIN_TYPES)
                .allSatisfy(type -> assertThat(blocksIn(API.resolve(type + ".java"))).isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> everyExampleInTheDocsIsCompiledAndRun() {
        String examples =
                String.join("", sourcesIn(EXAMPLES).map(file -> words(text(file))).toList());
        return Stream.of(
                        API,
                        API.resolve("resilience"),
                        API.resolve("stream"),
                        API.resolve("sync"),
                        JUNIT)
                .flatMap(folder -> sourcesIn(folder))
                .filter(file -> isPublic(file))
                .flatMap(
                        file ->
                                blocksIn(file).stream()
                                        .map(
                                                block ->
                                                        dynamicTest(
                                                                file.getFileName()
                                                                        + ": "
                                                                        + block.lines()
                                                                                .findFirst()
                                                                                .orElse(""),
                                                                () -> isIn(examples, block))));
    }

    private static void isIn(String examples, String block) {
        assertThat(examples.contains(words(block)))
                .as("no test of this package contains this example:%n%s", block)
                .isTrue();
    }

    private static boolean isPublic(Path file) {
        String type = file.getFileName().toString().replace(".java", "");
        return Pattern.compile("(?m)^public .*\\b(class|interface|enum|record) " + type + "\\b")
                .matcher(text(file))
                .find();
    }

    private static List<String> blocksIn(Path file) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(file));
        while (matcher.find()) {
            blocks.add(matcher.group(1).replaceAll("(?m)^ *\\* ?", ""));
        }
        return blocks;
    }

    /** Removes the white space, because the formatter decides on it. */
    private static String words(String source) {
        return source.replaceAll("\\s", "");
    }

    private static Stream<Path> sourcesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
