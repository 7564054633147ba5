package dev.weft.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradleScriptTest {
    @TempDir Path folder;

    @Test
    void aSoundScriptHasNoComplaints() throws IOException {
        script(
                """
                java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }
                repositories { maven { url = uri("https://example.com/weft") } }
                dependencies {
                    // implementation("dev.weft:weft-javac:0.1.0")
                    implementation("dev.weft:weft-runtime:0.2.0")
                    annotationProcessor("dev.weft:weft-javac:0.2.0")
                    testAnnotationProcessor("dev.weft:weft-javac:0.2.0")
                }
                """);
        new PlantedClasses(folder).putCompiled("build/classes/java/main");

        assertThat(names()).isEmpty();
    }

    @Test
    void mistakesInAScriptAreFoundByTheSameNames() throws IOException {
        script("dependencies { implementation 'dev.weft:weft-runtime:0.2.0' }");
        assertThat(names()).containsExactly("no-plugin");

        script("dependencies { annotationProcessor 'dev.weft:weft-javac:0.2.0' }");
        assertThat(names()).containsExactly("runtime-missing");

        script(
                """
                sourceCompatibility = JavaVersion.VERSION_11
                dependencies {
                    implementation 'dev.weft:weft-runtime:0.2.0'
                    implementation 'dev.weft:weft-javac:0.1.0'
                }
                """);
        assertThat(names())
                .containsExactly("javac-as-dependency", "java-too-old", "mixed-versions");
    }

    @Test
    void testClassesNeedTheirOwnProcessor() throws IOException {
        script(
                """
                dependencies {
                    implementation 'dev.weft:weft-runtime:0.2.0'
                    annotationProcessor 'dev.weft:weft-javac:0.2.0'
                }
                """);
        new PlantedClasses(folder).putSource("build/classes/java/test");

        assertThat(names()).containsExactly("test-classes-not-compiled");
    }

    private void script(String text) throws IOException {
        Files.writeString(folder.resolve("build.gradle"), text);
    }

    private List<String> names() throws IOException {
        Machine machine = new Machine(Runtime.version().feature(), Optional.empty());
        return Doctor.examine(folder, List.of(), machine).stream().map(Complaint::name).toList();
    }
}
