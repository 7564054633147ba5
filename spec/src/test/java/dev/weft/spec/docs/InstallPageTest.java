package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build files of docs/install.md are parts of files that the build runs. */
class InstallPageTest {
    private static final Pattern VERSION = Pattern.compile("<version>[^<]*</version>");

    @ParameterizedTest
    @CsvSource({
        "0, maven-plugin/src/it/parent/pom.xml",
        "1, maven-plugin/src/it/check/pom.xml",
        "2, maven-plugin/src/it/javac-door/pom.xml",
    })
    void eachPartOfAPomIsInAProjectThatIsBuilt(int block, String pom) {
        String part = Page.of("docs/install.md").blocks("xml").get(block);
        assertThat(words(Page.textOf(Page.ROOT.resolve(pom)))).contains(words(part));
    }

    @Test
    void theBuildFileOfGradleIsThatOfTheProcessor() {
        assertThat(Page.of("docs/install.md").blocks("kotlin"))
                .hasSize(1)
                .containsExactlyElementsOf(Page.of("tools/javac/README.md").blocks("kotlin"));
    }

    /** Returns the text without indentation and versions. */
    private static String words(String xml) {
        return VERSION.matcher(xml).replaceAll("<version/>").replaceAll("(?m)^\\s+", "").strip();
    }
}
