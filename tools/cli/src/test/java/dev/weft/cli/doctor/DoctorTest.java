package dev.weft.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.AsyncCompiler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test plants a mistake in a sound project. */
class DoctorTest {
    private static final Machine SOUND = new Machine(Runtime.version().feature(), Optional.empty());

    @TempDir Path folder;

    private final PomText pom = new PomText();

    @Test
    void aSoundProjectHasNoComplaints() throws IOException {
        classes().putCompiled("target/classes");
        classes().putCompiled("target/test-classes");

        assertThat(examine()).isEmpty();
    }

    @Test
    void aFolderWithoutWeftHasNoComplaints() throws IOException {
        pom.plugins = "";
        pom.dependencies = "";

        assertThat(examine()).isEmpty();
    }

    @Test
    void noPlugin() throws IOException {
        pom.plugins = "";
        classes().putSource("target/classes");

        assertThat(only("no-plugin"))
                .isEqualTo(
                        """
                        no-plugin
                          where  %s
                          why    nothing in this build compiles @Async methods, so they fail with \
                        NotInstrumentedException
                          fix    Maven: add weft-maven-plugin with the goals instrument and \
                        instrument-test. Gradle: annotationProcessor("dev.weft:weft-javac:VERSION"). \
                        Without a build change: run with -javaagent:weft-agent.jar.
                        """
                                .formatted(folder.resolve("pom.xml")));
    }

    @Test
    void executionsOfOneNameAreMergedAsMavenDoes() throws IOException {
        pom.plugins += PomText.weft("instrument");

        assertThat(examine()).isEmpty();
    }

    @Test
    void theGoalTwice() throws IOException {
        pom.plugins +=
                PomText.weft("instrument").replace("<execution>", "<execution><id>again</id>");

        assertThat(only("two-doors")).contains("the goal instrument", "declared 2 times");
    }

    @Test
    void thePluginBesideTheProcessor() throws IOException {
        pom.plugins += PomText.PROCESSOR;

        assertThat(only("two-doors")).contains("weft-maven-plugin and weft-javac both compile");
    }

    @Test
    void mixedVersionsInTheBuild() throws IOException {
        pom.dependencies = PomText.dependency("weft-runtime", "0.1.0", "");

        assertThat(only("mixed-versions"))
                .contains(
                        "0.1.0: weft-runtime; " + AsyncCompiler.version() + ": weft-maven-plugin");
    }

    @Test
    void classesOfAnotherVersionThanTheRuntime() throws IOException {
        classes().putCompiled("target/classes");
        Path file = folder.resolve("target/classes/A.class");
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                content.replace(AsyncCompiler.version(), "0.0.9"),
                StandardCharsets.ISO_8859_1);

        assertThat(only("mixed-versions")).contains("0.0.9: classes in ");
    }

    @Test
    void noRuntimeInTheBuild() throws IOException {
        pom.dependencies = "";

        assertThat(only("runtime-missing")).contains("does not depend on weft-runtime");
    }

    @Test
    void theRuntimeForTestsOnly() throws IOException {
        pom.dependencies =
                PomText.dependency("weft-runtime", AsyncCompiler.version(), "<scope>test</scope>");

        assertThat(only("runtime-missing")).contains("scope compile");
    }

    @Test
    void noRuntimeOnTheClassPath() throws IOException {
        classes().putCompiled("target/classes");

        assertThat(examine(List.of(folder.resolve("target/classes"))))
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo("runtime-missing"));
    }

    @Test
    void compileWithoutTheNextPhase() throws IOException {
        classes().putSource("target/classes");

        assertThat(only("classes-not-compiled"))
                .contains(
                        folder.resolve("target/classes").toString(),
                        "A: @Async method m is not compiled",
                        "Run mvn process-classes");
    }

    @Test
    void testClassesThatNoGoalCompiles() throws IOException {
        pom.plugins = PomText.weft("instrument");
        classes().putSource("target/test-classes");

        assertThat(only("test-classes-not-compiled"))
                .contains("Add the goal instrument-test to weft-maven-plugin.");
    }

    @Test
    void aBuildForAnOldJava() throws IOException {
        pom.release = "11";

        assertThat(only("java-too-old")).contains("the build compiles for Java 11");
    }

    @Test
    void anOldJdkInTheEnvironment() throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        pom.write(folder);

        assertThat(Doctor.examine(folder, List.of(), new Machine(17, Optional.of(home))))
                .singleElement()
                .satisfies(found -> assertThat(found.why()).contains("which is Java 8"));
    }

    @Test
    void classFilesWithPreviewFeatures() throws IOException {
        classes().putCompiled("target/classes");
        setVersion(0xFFFF_0000 | (17 + 44));

        assertThat(only("class-files-too-new")).contains("uses preview features of Java 17");
    }

    @Test
    void classFilesThatTheJvmDoesNotKnow() throws IOException {
        classes().putCompiled("target/classes");
        setVersion(90 + 44);

        assertThat(only("class-files-too-new")).contains("A.class is for Java 90");
    }

    @Test
    void classFilesForANewerJvm() throws IOException {
        classes().putCompiled("target/classes");
        pom.write(folder);

        assertThat(Doctor.examine(folder, List.of(), new Machine(16, Optional.empty())))
                .extracting(Complaint::why)
                .first()
                .isEqualTo("A.class is for Java 17, and this is Java 16");
    }

    @Test
    void aMissingFrameClass() throws IOException {
        classes().putCompiled("target/classes");
        Files.delete(folder.resolve("target/classes/A$m$Coroutine.class"));

        assertThat(only("frame-classes")).contains("A: the frame class A$m$Coroutine is missing");
    }

    @Test
    void aStaleFrameClass() throws IOException {
        classes().putCompiled("target/classes");
        classes().putPlain("target/classes");

        assertThat(only("frame-classes")).contains("a frame class of A, which is gone");
    }

    @Test
    void theRuntimeTwiceOnTheClassPath() throws IOException {
        classes().putJar("lib/weft-runtime.jar", "dev/weft/compiled/Frame.class");
        classes().putJar("lib/shop-all.jar", "dev/weft/compiled/Frame.class");

        assertThat(only("runtime-twice")).contains("lib/shop-all.jar", "lib/weft-runtime.jar");
    }

    @Test
    void aRelocatedRuntime() throws IOException {
        classes().putJar("lib/weft-runtime.jar", "dev/weft/compiled/Frame.class");
        classes().putJar("lib/shop-all.jar", "shop/shaded/weft/compiled/Frame.class");

        assertThat(only("runtime-twice")).contains("shop-all.jar (shop.shaded.weft)");
    }

    @Test
    void aRelocationInTheBuild() throws IOException {
        pom.plugins += PomText.SHADE;

        assertThat(only("runtime-twice")).contains("maven-shade-plugin moves dev.weft");
    }

    @Test
    void jacocoAfterWeft() throws IOException {
        pom.plugins += PomText.jacoco("instrument");

        assertThat(only("jacoco-order")).contains("Move jacoco-maven-plugin before");
    }

    @Test
    void jacocoBringsBackClassesThatNobodyCompiles() throws IOException {
        pom.plugins =
                PomText.jacoco("instrument</goal><goal>restore-instrumented-classes") + pom.plugins;

        assertThat(only("jacoco-order")).contains("Add a second execution of the goal instrument");
    }

    @Test
    void jacocoBeforeWeftIsSound() throws IOException {
        pom.plugins = PomText.jacoco("instrument") + pom.plugins;

        assertThat(examine()).isEmpty();
    }

    @Test
    void theProcessorAsOrdinaryDependency() throws IOException {
        pom.plugins = "";
        pom.dependencies += PomText.dependency("weft-javac", AsyncCompiler.version(), "");

        assertThat(only("javac-as-dependency")).contains("Move it into annotationProcessorPaths");
    }

    @Test
    void pluginsAndVersionsOfAParentCount() throws IOException {
        pom.write(folder);
        Path module = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(
                module.resolve("pom.xml"),
                "<project><parent><artifactId>p</artifactId></parent></project>");
        Files.createDirectories(module.resolve("target/classes"));

        assertThat(Doctor.examine(module, List.of(), SOUND)).isEmpty();
    }

    @Test
    void modulesAreExaminedToo() throws IOException {
        pom.more = "<packaging>pom</packaging><modules><module>shop</module></modules>";
        Path module = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(
                module.resolve("pom.xml"),
                "<project><parent><artifactId>p</artifactId></parent></project>");
        new PlantedClasses(module).putSource("target/classes");

        assertThat(only("classes-not-compiled")).contains(module.toString());
    }

    @Test
    void entitiesAreNotExpanded() throws IOException {
        Files.writeString(
                folder.resolve("pom.xml"),
                "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><project>&e;</project>");

        assertThatThrownBy(() -> Doctor.examine(folder, List.of(), SOUND))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DOCTYPE");
    }

    private PlantedClasses classes() {
        return new PlantedClasses(folder);
    }

    private void setVersion(int version) throws IOException {
        Path file = folder.resolve("target/classes/A.class");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(4, version);
        Files.write(file, bytes);
    }

    private String only(String name) throws IOException {
        List<Complaint> found = examine();
        assertThat(found).extracting(Complaint::name).containsExactly(name);
        return found.get(0).text();
    }

    private List<Complaint> examine() throws IOException {
        return examine(List.of());
    }

    private List<Complaint> examine(List<Path> classPath) throws IOException {
        pom.write(folder);
        return Doctor.examine(folder, classPath, SOUND);
    }
}
