package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a Java runtime that has neither javac nor JShell. */
class WithoutJavacIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir private Path folder;

    @BeforeEach
    void compileAProgram() throws Exception {
        Path source = Sources.write(folder, "Prices.java", Sources.PRICES);
        Sources.javac(folder.resolve("classes"), source);
        assertThat(weft("compile", "classes"))
                .isEqualTo(new WeftJar(0, "classes: Compiled 2 async methods in 1 class\n", ""));
    }

    @Test
    void aCompiledClassIsExplainedInPart() throws Exception {
        WeftJar explain = weft("explain", "Prices", "-cp", "classes", "--source", ".");

        assertThat(explain.err()).isEmpty();
        assertThat(explain.out())
                .contains("  compiled already, and this Java (", "use a JDK\n", "await");
        assertThat(explain.status()).isZero();
    }

    @Test
    void aSourceFileNeedsAJdk() throws Exception {
        WeftJar run = weft("run", "Prices.java");

        assertThat(run.err()).contains("this Java has no compiler (", "use a JDK");
        assertThat(run.status()).isEqualTo(2);
    }

    private WeftJar weft(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(WeftJar.command(JAVA, arguments));
        command.addAll(1, List.of("--limit-modules", "java.base,java.logging,java.xml"));
        return WeftJar.run(new ProcessBuilder(command).directory(folder.toFile()), "");
    }
}
