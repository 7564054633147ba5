package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
            killAfter("app.jar", random.nextLong(micros));

            assertThat(Files.readAllBytes(jar)).isIn(old, compiled);
        }
    }

    @Test
    void aKilledCommandLeavesCompleteClassesThatTheNextOneCompiles() throws Exception {
        Path sources = folder.resolve("sources");
        for (int i = 0; i < 40; i++) {
            String text = Sources.PRICES.replace("Prices", "Prices" + i);
            Sources.write(sources, "Prices" + i + ".java", text);
        }
        Map<String, byte[]> old = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            Path source = sources.resolve("Prices" + i + ".java");
            old.putAll(files(Sources.javac(folder.resolve("javac" + i), source)));
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        long begun = System.nanoTime();
        restore(classes, old);
        assertThat(WeftJar.run(JDK, folder, "", "compile", "classes").status()).isZero();
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        Map<String, byte[]> compiled = files(classes);
        Random random = new Random();

        for (int i = 0; i < KILLS; i++) {
            restore(classes, old);
            killAfter("classes", random.nextLong(micros));
            for (Map.Entry<String, byte[]> file : files(classes).entrySet()) {
                byte[] before = old.get(file.getKey());
                byte[] after = compiled.get(file.getKey());
                assertThat(file.getValue()).as(file.getKey()).isIn(before, after);
            }
        }
        makeOld(folder);
        assertThat(WeftJar.run(JDK, folder, "", "compile", "classes").status()).isZero();
        assertThat(files(classes)).usingRecursiveComparison().isEqualTo(compiled);
        restore(classes, old); // so that something has to be written
        assertThat(WeftJar.run(JDK, folder, "", "compile", "classes").status()).isZero();
        assertThat(folder).isDirectoryNotContaining("glob:**/.weft-*");
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static void restore(Path folder, Map<String, byte[]> files) throws IOException {
        for (String present : files(folder).keySet()) {
            Files.delete(folder.resolve(present));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Lets what the killed processes have left look as if they had ended long ago. */
    private static void makeOld(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
    }

    private void killAfter(String input, long micros) throws Exception {
        Process process =
                new ProcessBuilder(WeftJar.command(JDK, "compile", input))
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor(micros, TimeUnit.MICROSECONDS);
        process.destroyForcibly().waitFor();
    }
}
