package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.doctor.PlantedClasses;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands check, explain and doctor as a user calls them. */
class InspectCommandsTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private PlantedClasses classes;
    private String tree;

    @BeforeEach
    void nameTheFolder() {
        classes = new PlantedClasses(folder);
        tree = folder.resolve("target/classes").toString();
    }

    @Test
    void checkPassesWhereAllIsCompiled() throws IOException {
        classes.putCompiled("target/classes");

        assertThat(weft("check", tree)).isEqualTo(ExitStatus.OK);
        assertThat(out).hasToString("All async code is compiled: 1 class" + nl());
    }

    @Test
    void checkFailsWithThePlacesAndTheFix() throws IOException {
        classes.putSource("target/classes");
        String sources = folder.resolve("src/main/java").toString();

        assertThat(weft("check", tree, "--source", sources)).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString().lines())
                .containsExactly(
                        sources
                                + "/A.java:[4,1] @Async method m is not compiled; it suspends in line"
                                + " 4",
                        "Compile these classes: add weft-javac to the annotation processor path, or"
                                + " the goals instrument and instrument-test of weft-maven-plugin, or"
                                + " run \"weft compile\" on the folder or jar.",
                        "Weft found 1 place that would fail at run time, listed above.");
    }

    @Test
    void checkOfAMissingFolderIsWrongUse() {
        assertThat(weft("check", tree)).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(err).hasToString("weft: " + tree + " does not exist" + nl());
    }

    @Test
    void explainPrintsTheStates() throws IOException {
        classes.putSource("target/classes");

        assertThat(weft("explain", "A.m", "-cp", tree)).isEqualTo(ExitStatus.OK);
        assertThat(out.toString())
                .contains("m(Coroutine, int)  (line 4)", "saves base  int  used in line 4");
    }

    @Test
    void explainCompilesTheSourceOfACompiledClassAgain() throws IOException {
        classes.putCompiled("target/classes");
        String path = tree + File.pathSeparator + PlantedClasses.runtime();
        String sources = folder.resolve("src/main/java").toString();

        assertThat(weft("explain", "A", "-cp", path, "--source", sources)).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("saves base").doesNotContain("compiled already");
    }

    @Test
    void explainWritesAPage() throws IOException {
        classes.putCompiled("target/classes");
        Path page = folder.resolve("a.html");

        assertThat(weft("explain", "A", "-cp", tree, "--html", "-o", page.toString()))
                .isEqualTo(ExitStatus.OK);
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("compiled already");
        assertThat(err.toString()).startsWith("weft: compiled already:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--text", "--mermaid", "--dot", "--html"})
    void explainHasFourFormats(String format) throws IOException {
        classes.putSource("target/classes");

        assertThat(weft("explain", "A", "-cp", tree, format)).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("m(Coroutine, int)");
    }

    @Test
    void onlyOneFormatMayBeGiven() throws IOException {
        classes.putSource("target/classes");

        assertThat(weft("explain", "A", "-cp", tree, "--dot", "--html"))
                .isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void explainOfAnUnknownClassIsWrongUse() throws IOException {
        assertThat(weft("explain", "B", "-cp", tree)).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(err.toString()).startsWith("weft: there is no class B on the class path");
    }

    @Test
    void doctorPrintsEachComplaintAndFails() throws IOException {
        Files.writeString(
                folder.resolve("build.gradle"),
                "dependencies { implementation 'dev.weft:weft-runtime:0.2.0' }");

        assertThat(weft("doctor", folder.toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString().lines())
                .startsWith("no-plugin", "  where  " + folder.resolve("build.gradle"))
                .endsWith("Found 1 problem");
    }

    @Test
    void doctorOfAnEmptyFolderFindsNothing() {
        assertThat(weft("doctor", folder.toString())).isEqualTo(ExitStatus.OK);
        assertThat(out).hasToString("Nothing wrong was found" + nl());
    }

    @Test
    void doctorOfAMissingFolderIsWrongUse() {
        assertThat(weft("doctor", tree)).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(err).hasToString("weft: " + tree + " is no folder" + nl());
    }

    private int weft(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private static String nl() {
        return System.lineSeparator();
    }
}
