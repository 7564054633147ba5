package dev.weft.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is missing that some profile of the POM has, and only active profiles are at fault. */
class ProfilesTest {
    private static final Machine SOUND = new Machine(Runtime.version().feature(), Optional.empty());
    private static final String ACTIVE =
            "<activation><activeByDefault>true</activeByDefault></activation>";

    @TempDir private Path folder;

    private final PomText pom = new PomText();

    @ParameterizedTest
    @ValueSource(strings = {"", ACTIVE})
    void thePluginInAProfileIsNotMissing(String activation) throws IOException {
        pom.more = profile(activation, build(pom.plugins));
        pom.plugins = "";

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ACTIVE})
    void theProcessorInAProfileIsNotMissing(String activation) throws IOException {
        pom.more = profile(activation, build(PomText.PROCESSOR));
        pom.plugins = "";

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ACTIVE})
    void theRuntimeInAProfileIsNotMissing(String activation) throws IOException {
        String runtime = PomText.dependency("weft-runtime", AsyncCompiler.version(), "");
        pom.more = profile(activation, "<dependencies>" + runtime + "</dependencies>");
        pom.dependencies = "";

        assertThat(complaints()).isEmpty();
    }

    @Test
    void aProfileOfAParentCounts() throws IOException {
        pom.more = profile("", build(pom.plugins));
        pom.plugins = "";
        pom.write(folder);
        Path module = Files.createDirectory(folder.resolve("shop"));
        Files.writeString(
                module.resolve("pom.xml"),
                "<project><parent><artifactId>p</artifactId></parent></project>");

        assertThat(Doctor.examine(module, List.of(), SOUND)).isEmpty();
    }

    @Test
    void aPluginThatNoProfileHasIsMissing() throws IOException {
        pom.more = profile("", build(PomText.jacoco("instrument")));
        pom.plugins = "";

        assertThat(complaints()).containsExactly("no-plugin");
    }

    @Test
    void theVersionMayStandInAnActiveProfile() throws IOException {
        pom.more = profile(ACTIVE, "<properties><old>0.0.9</old></properties>");
        pom.dependencies = PomText.dependency("weft-runtime", "${old}", "");

        assertThat(complaints()).containsExactly("mixed-versions");
    }

    @Test
    void aProcessorBesideThePluginIsASecondDoorIfItsProfileIsActive() throws IOException {
        pom.more = profile("", build(PomText.PROCESSOR));
        assertThat(complaints()).isEmpty();

        pom.more = profile(ACTIVE, build(PomText.PROCESSOR));
        assertThat(complaints()).containsExactly("two-doors");
    }

    private static String profile(String activation, String content) {
        return "<profiles><profile><id>it</id>%s%s</profile></profiles>"
                .formatted(activation, content);
    }

    private static String build(String plugins) {
        return "<build><plugins>" + plugins + "</plugins></build>";
    }

    private List<String> complaints() throws IOException {
        pom.write(folder);
        return Doctor.examine(folder, List.of(), SOUND).stream().map(Complaint::name).toList();
    }
}
