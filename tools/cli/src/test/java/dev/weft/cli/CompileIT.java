package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft compile} in processes that are killed; {@code -Dweft.kills=200} for more of them. */
class CompileIT {

    private static final int KILLS = Integer.getInteger("weft.kills", 5);
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir Path folder;

    @Test
    void aKilledCommandLeavesTheOldJarOrTheNewOne() throws Exception {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(folder, "Prices.java", Sources.PRICES));
        byte[] ballast = new byte[4_000_000];
        new Random(1).nextBytes(ballast);
        Files.write(classes.resolve("ballast"), ballast);
        Path jar = folder.resolve("app.jar");
        Jars.write(jar, classes, "Prices");
        byte[] old = Files.readAllBytes(jar);
        long begun = System.nanoTime();
        assertThat(WeftJar.run(JDK, folder, "", "compile", "app.jar").status()).isZero();
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        byte[] compiled = Files.readAllBytes(jar);
        Random random = new Random();

        for (int i = 0; i < KILLS; i++) {
            Files.write(jar, old);
            killAfter(random.nextLong(micros));

            assertThat(Files.readAllBytes(jar)).isIn(old, compiled);
        }
    }

    private void killAfter(long micros) throws Exception {
        Process process =
                new ProcessBuilder(WeftJar.command(JDK, "compile", "app.jar"))
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor(micros, TimeUnit.MICROSECONDS);
        process.destroyForcibly().waitFor();
    }
}
