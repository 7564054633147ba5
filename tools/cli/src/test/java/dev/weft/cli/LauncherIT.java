package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script. */
@DisabledOnOs(WINDOWS)
class LauncherIT {

    private static final Path SCRIPT = Path.of("weft").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void aLinkToTheScriptFindsTheJar() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);

        WeftJar version = weft(System.getProperty("java.home"), link);
        Files.delete(link); // JUnit warns of links that it deletes

        assertThat(version.err()).isEmpty();
        assertThat(version.out()).startsWith("weft ");
        assertThat(version.status()).isZero();
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        assertThat(weft("/nowhere", SCRIPT))
                .isEqualTo(
                        new WeftJar(
                                2,
                                "",
                                "weft: JAVA_HOME is /nowhere, which has no bin/java: set it to a JDK"
                                        + " of version 17 or newer\n"));
    }

    @Test
    void anOlderJavaIsNamed() throws Exception {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"1.8.0_392\"\n");

        assertThat(weft(folder.toString(), SCRIPT).err())
                .isEqualTo(
                        "weft: "
                                + java
                                + " is Java 1.8.0_392, and Weft needs a JDK of version 17 or newer\n");
    }

    private WeftJar weft(String javaHome, Path script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "--version");
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("WEFT_CACHE", "off");
        return WeftJar.run(builder, "");
    }
}
