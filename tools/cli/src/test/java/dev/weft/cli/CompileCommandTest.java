package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {

    @TempDir Path folder;

    private Path classes;

    @BeforeEach
    void compileAClass() throws IOException {
        classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(folder, "Prices.java", Sources.PRICES));
    }

    @Test
    void aFolderIsCompiledInPlace() {
        Commands compile = weft("compile", classes);

        assertThat(compile.err()).isEmpty();
        assertThat(compile.out()).isEqualTo(classes + ": Compiled 2 async methods in 1 class\n");
        assertThat(compile.status()).isZero();
        assertThat(classes.resolve("Prices$total$Coroutine.class")).exists();
    }

    @Test
    void aFolderThatIsCompiledIsLeftAlone() {
        weft("compile", classes);

        assertThat(weft("compile", classes).out()).isEqualTo(classes + ": Nothing to compile\n");
    }

    @Test
    void anotherFolderGetsTheResult() throws IOException {
        byte[] before = Files.readAllBytes(classes.resolve("Prices.class"));
        Path target = folder.resolve("out/classes");

        assertThat(weft("compile", "-d", target, classes).status()).isZero();

        assertThat(classes.resolve("Prices.class")).hasBinaryContent(before);
        assertThat(target.resolve("Prices$total$Coroutine.class")).exists();
        assertThat(target.resolve("Prices$Price.class")).exists();
    }

    @Test
    void foldersThatContainEachOtherAreWrongUse() {
        Commands compile = weft("compile", "-d", classes.resolve("out"), classes);

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err()).contains("contain each other: use separate folders");
    }

    @Test
    void aResultThatWouldReplaceAnInputIsWrongUse() throws IOException {
        Path jar = folder.resolve("app.jar");
        Jars.write(jar, classes, "Prices");
        byte[] before = Files.readAllBytes(jar);

        Commands compile = weft("compile", "-d", folder, jar);

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err()).contains("would replace the input app.jar: use another folder");
        assertThat(jar).hasBinaryContent(before);
    }

    @Test
    void resultsOfOneNameAreWrongUse() throws IOException {
        for (String name : List.of("a", "b")) {
            Jars.write(
                    Files.createDirectory(folder.resolve(name)).resolve("app.jar"),
                    classes,
                    "Prices");
        }

        Commands compile =
                weft(
                        "compile",
                        "-d",
                        folder.resolve("out"),
                        folder.resolve("a/app.jar"),
                        folder.resolve("b/app.jar"));

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err()).contains("would replace the result of app.jar");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aClassOfTwoFoldersIsWrongUse() throws IOException {
        Path again = folder.resolve("again");
        Files.createDirectories(again);
        Files.copy(classes.resolve("Prices.class"), again.resolve("Prices.class"));

        Commands compile = weft("compile", "-d", folder.resolve("out"), classes, again);

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err())
                .isEqualTo(
                        "weft: -d %s would get the class Prices twice, from %s and from %s: compile them to separate folders\n"
                                .formatted(folder.resolve("out"), classes, again));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFileOfTwoFoldersIsWrongUseOnlyIfItDiffers() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(classes.resolve("notes.txt"), "one");
        Files.writeString(other.resolve("notes.txt"), "one");
        Path target = folder.resolve("out");

        assertThat(weft("compile", "-d", target, classes, other).status()).isZero();

        Files.writeString(other.resolve("notes.txt"), "two");
        Commands compile = weft("compile", "-d", target, classes, other);
        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err()).contains("would get the file notes.txt twice, from " + classes);
        assertThat(target.resolve("notes.txt")).hasContent("one");
    }

    @Test
    void anErrorInOneInputChangesNone() throws IOException {
        byte[] before = Files.readAllBytes(classes.resolve("Prices.class"));
        Path refused =
                Sources.javac(
                        folder.resolve("refused"),
                        Sources.write(folder, "Refused.java", Sources.REFUSED));

        Commands compile = weft("compile", "--sources", folder, classes, refused);

        assertThat(compile.status()).isEqualTo(1);
        assertThat(compile.err())
                .startsWith(folder.resolve("Refused.java") + ":9: error: await inside")
                .contains("            await(sleep(Duration.ofMillis(1)));\n            ^\n")
                .endsWith("weft: 1 error, listed above; no file was changed\n");
        assertThat(classes.resolve("Prices.class")).hasBinaryContent(before);
    }

    @Test
    void aMissingInputIsWrongUse() {
        Commands compile = weft("compile", classes, folder.resolve("nowhere"));

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err())
                .isEqualTo("weft: there is no file or folder " + folder.resolve("nowhere") + "\n");
    }

    @Test
    void aSourceFileIsAnsweredWithTheCommandForIt() {
        Commands compile = weft("compile", folder.resolve("Prices.java"));

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err()).contains("is a source file: use weft run ");
    }

    @Test
    void aDamagedJarIsNamed() throws IOException {
        Path jar = Sources.write(folder, "a.jar", "no jar");

        Commands compile = weft("compile", jar);

        assertThat(compile.status()).isEqualTo(1);
        assertThat(compile.err()).startsWith("weft: cannot read " + jar + ": ");
    }

    @Test
    void anUnknownWarningIsAnsweredWithThoseThatExist() {
        Commands compile = weft("compile", "--fail-on", "everything", classes);

        assertThat(compile.status()).isEqualTo(2);
        assertThat(compile.err())
                .startsWith("weft: --fail-on: there is no warning \"everything\"; known are all,");
    }
}
