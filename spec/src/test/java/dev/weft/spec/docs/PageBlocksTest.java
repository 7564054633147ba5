package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each Java block of a page is part of a test beside this one or of a sample, which are compiled
 * and run: the same words, in whatever lines.
 */
class PageBlocksTest {
    private static final List<Path> COMPILED =
            List.of(
                    Path.of("src/test/java/dev/weft/spec/docs"),
                    Page.ROOT.resolve("samples/src"),
                    Page.ROOT.resolve("extensions/context/src/test"),
                    Page.ROOT.resolve("extensions/metrics/src/test"));

    @TestFactory
    Stream<DynamicTest> eachJavaBlockIsCompiledAndRun() {
        String sources =
                COMPILED.stream().map(PageBlocksTest::wordsIn).collect(Collectors.joining());
        return Page.all().stream()
                .flatMap(
                        page ->
                                page.blocks("java").stream()
                                        .map(
                                                block ->
                                                        dynamicTest(
                                                                name(page, block),
                                                                () -> isIn(sources, block))));
    }

    private static String name(Page page, String block) {
        return page + ": " + block.lines().findFirst().orElse("");
    }

    private static void isIn(String sources, String block) {
        assertThat(sources.contains(words(block)))
                .as("no compiled source contains this block:%n%s", block)
                .isTrue();
    }

    private static String wordsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> words(Page.textOf(file)))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the source without spaces, which the formatter sets. */
    private static String words(String source) {
        return source.replaceAll("\\s", "");
    }
}
