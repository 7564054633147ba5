package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The POM parts of docs/coverage.md are those of projects that the build runs and measures. */
class CoveragePageTest {
    private static final Path PROJECTS = Page.ROOT.resolve("maven-plugin/src/it/coverage");
    private static final Pattern VERSION =
            Pattern.compile("(weft-maven-plugin</artifactId>\\s*<version>)[^<]*");

    @Test
    void eachPartIsInAProjectThatIsBuilt() {
        List<String> parts =
                List.of(
                        part("agent", "agent"),
                        part("offline", "offline dependency"),
                        part("offline", "offline plugins"));

        assertThat(Page.of("docs/coverage.md").blocks("xml").stream().map(CoveragePageTest::words))
                .containsExactlyElementsOf(parts);
    }

    /** Returns what is between the comments of a POM. */
    private static String part(String project, String name) {
        String pom = Page.textOf(PROJECTS.resolve(project + "/pom.xml"));
        Matcher part =
                Pattern.compile("(?s)<!-- docs/coverage.md: " + name + " -->(.*?)<!-- end -->")
                        .matcher(pom);
        assertThat(part.find()).as(name).isTrue();
        return words(part.group(1));
    }

    /** Returns the text without indentation and without the version of Weft. */
    private static String words(String xml) {
        return VERSION.matcher(xml).replaceAll("$1VERSION").replaceAll("(?m)^\\s+", "").strip();
    }
}
