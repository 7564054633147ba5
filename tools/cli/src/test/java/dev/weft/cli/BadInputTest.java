package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages about bad inputs name the place, the reason and a way out. */
class BadInputTest {
    private static final String DAMAGED =
            " is damaged, or no jar (zip END header not found)" + System.lineSeparator();

    private final String classPath = System.getProperty("java.class.path");

    @TempDir private Path folder;

    private Path damaged;

    @BeforeEach
    void writeADamagedJar() throws IOException {
        damaged = Sources.write(folder, "damaged.jar", "This file has no entries.");
    }

    @AfterEach
    void restoreWhatAProgramSets() {
        System.setProperty("java.class.path", classPath);
    }

    @Test
    void aDamagedJarToCompileOrToRun() {
        String message =
                "weft: cannot read %s: the file is damaged, or no jar (zip END header not found): build the jar again%n"
                        .formatted(damaged);

        assertThat(weft("compile", damaged).err()).isEqualTo(message);
        assertThat(weft("run", damaged).err()).isEqualTo(message);
    }

    @Test
    void aDamagedJarOnTheClassPathOfAProgram() {
        Commands run = weft("run", "-cp", damaged, "Prices");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("weft: there is no class Prices on the class path " + damaged)
                .contains("; cannot read " + damaged + ": the file is damaged, or no jar");
    }

    @Test
    void aDamagedJarOnTheClassPathOfAnExplanation() {
        Commands explain = weft("explain", "Prices", "-cp", damaged);

        assertThat(explain.status()).isEqualTo(2);
        assertThat(explain.err())
                .isEqualTo("weft: cannot read the class path: " + damaged + DAMAGED);
    }

    @Test
    void aMissingElementOfTheClassPathOfAnExplanation() {
        Path missing = folder.resolve("missing");
        String path = folder + File.pathSeparator + missing;

        Commands explain = weft("explain", "Prices", "-cp", path);

        assertThat(explain.status()).isEqualTo(2);
        assertThat(explain.err())
                .startsWith("weft: there is no class Prices on the class path: ")
                .endsWith("; " + missing + " does not exist" + System.lineSeparator());
    }

    @Test
    void aClassForANewerJava() throws IOException {
        Path source = Sources.write(folder, "Plain.java", "class Plain {}");
        Path file = Sources.javac(folder.resolve("classes"), source).resolve("Plain.class");
        byte[] bytes = Files.readAllBytes(file);
        int newer = 44 + Runtime.version().feature() + 1;
        Files.write(file, ByteBuffer.wrap(bytes).putInt(4, newer).array());

        Commands run = weft("run", "-cp", file.getParent(), "Plain");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("class file version " + newer)
                .endsWith(
                        ": run it with a newer Java, or compile it with --release %d%n"
                                .formatted(Runtime.version().feature()));
    }

    @Test
    void aDamagedClassIsExplainedUnderItsName() throws IOException {
        Path source = Sources.write(folder, "Prices.java", Sources.PRICES);
        Path file = Sources.javac(folder.resolve("classes"), source).resolve("Prices.class");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, ByteBuffer.wrap(bytes).putInt(4, 44 + 90).array());

        Commands explain = weft("explain", "Prices", "-cp", file.getParent());

        assertThat(explain.status()).isEqualTo(1);
        assertThat(explain.out()).startsWith("Prices\n  Unsupported class file version ");
    }

    @Test
    void aFileInPlaceOfAFolderForTheResults() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));

        Commands compile = weft("compile", "-d", damaged, classes);

        assertThat(compile.status()).isEqualTo(1);
        assertThat(compile.err())
                .endsWith(damaged + " is a file, and a folder is needed: use another name\n");
    }
}
