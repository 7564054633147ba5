package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The relative links of the pages lead to files and headings that exist. */
class PageLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#]*)(?:#([^)]*))?\\)");

    @TestFactory
    Stream<DynamicTest> eachRelativeLinkResolves() {
        return Page.all().stream()
                .flatMap(
                        page ->
                                LINK.matcher(page.prose())
                                        .results()
                                        .map(
                                                link ->
                                                        dynamicTest(
                                                                page + ": " + link.group(),
                                                                () ->
                                                                        resolves(
                                                                                page,
                                                                                link.group(1),
                                                                                link.group(2)))));
    }

    private static void resolves(Page page, String path, String anchor) {
        Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
        assertThat(target).exists();
        if (anchor != null) {
            assertThat(new Page(target).anchors()).contains(anchor);
        }
    }
}
