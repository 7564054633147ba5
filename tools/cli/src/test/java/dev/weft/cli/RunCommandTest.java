package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that start, or do not start, in this JVM. */
class RunCommandTest {

    private static final String RESULT = "weft.test.result";

    private final String classPath = System.getProperty("java.class.path");
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    @TempDir Path folder;

    @AfterEach
    void restoreWhatAProgramSets() {
        System.setProperty("java.class.path", classPath);
        System.clearProperty(RESULT);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @Test
    void aMessageOfJavacHasItsForm() throws IOException {
        Path file = Sources.write(folder, "Wrong.java", "class Wrong {\n    int x = \"a\";\n}\n");

        Commands run = weft("run", file);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        file
                                + """
                                :2: error: incompatible types: String cannot be converted to int
                                    int x = "a";
                                            ^
                                1 error
                                weft: compilation failed
                                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#!/usr/bin/env -S weft run\n"})
    void aByteOrderMarkIsNoPartOfTheSource(String firstLine) throws IOException {
        Path file = Sources.write(folder, "Prices.java", "\ufeff" + firstLine + Sources.PRICES);

        Commands run = weft("run", file);

        assertThat(run.err()).isEmpty();
        assertThat(run.program()).isNotNull();
    }

    @Test
    void aRefusalHasTheFormOfJavac() throws IOException {
        Path file = Sources.write(folder, "Refused.java", Sources.REFUSED);

        Commands run = weft("run", file);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(file + ":9: error: await inside a synchronized block: ")
                .endsWith(
                        """

                                    await(sleep(Duration.ofMillis(1)));
                                    ^
                        weft: compilation failed
                        """);
    }

    @Test
    void aWarningThatTheSourceSuppressesIsNotShown() throws IOException {
        String dropped =
                """
                import dev.weft.*;
                class Dropped {
                    @Async static Coroutine<Void> one() { return Coroutine.done(); }
                    %s@Async static Coroutine<Void> two() { one(); return Coroutine.done(); }
                    public static void main(String[] args) {}
                }
                """;
        Path shown = Sources.write(folder, "Dropped.java", dropped.formatted(""));
        Path silent =
                Sources.write(
                        folder,
                        "Silent.java",
                        dropped.formatted("@SuppressWarnings(\"weft:dropped-coroutine\") "));

        assertThat(weft("run", shown).err()).contains(":4: warning: [weft:dropped-coroutine] ");
        assertThat(weft("run", silent).err()).isEmpty();
    }

    @Test
    void aProgramWithoutMainIsToldWhatToAdd() throws IOException {
        Commands run = weft("run", Sources.write(folder, "None.java", "class None {}"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "weft: None has no main method: add public static void main(String[] args),"
                                + " or @Async static Coroutine<Void> main(String[] args)\n");
    }

    @Test
    void aMissingFileIsWrongUse() {
        Commands run = weft("run", "Nowhere.java");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("weft: there is no file Nowhere.java\n");
    }

    @Test
    void aMissingClassIsWrongUse() {
        Commands run = weft("run", "-cp", folder, "com.acme.Main");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "weft: there is no class com.acme.Main on the class path " + folder + "\n");
    }

    @Test
    void aJarWithoutMainClassIsWrongUse() throws IOException {
        Path jar = folder.resolve("a.jar");
        Files.writeString(jar, "no jar");

        assertThat(weft("run", jar).status()).isEqualTo(2);
    }

    @Test
    void aMissingElementOfTheClassPathIsAWarning() throws Throwable {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(folder, "Prices.java", Sources.PRICES));

        Commands run = weft("run", "-cp", "nowhere:" + classes, "Prices");

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .isEqualTo("weft: warning: the class path names nowhere, which does not exist\n");
    }

    @Test
    void anotherRuntimeOnTheClassPathIsAWarning() throws IOException {
        Sources.write(folder.resolve("old/dev/weft"), "version", "0.0.1\n");
        Path file = Sources.write(folder, "Prices.java", Sources.PRICES);

        assertThat(weft("run", "-cp", folder.resolve("old"), file).err())
                .startsWith("weft: warning: the class path has Weft 0.0.1 (file:")
                .contains("; the program runs with Weft ");
    }

    @Test
    void aMainMayBeAsyncAndMayFail() throws Throwable {
        Path file =
                Sources.write(
                        folder,
                        "Main.java",
                        """
                        import static dev.weft.Weft.*;
                        import dev.weft.*;
                        class Main {
                            @Async static Coroutine<Void> main(String[] args) {
                                await(sleep(java.time.Duration.ofMillis(1)));
                                if (args.length == 0) {
                                    throw new IllegalStateException("no arguments");
                                }
                                System.setProperty("weft.test.result", args[0]);
                                return Coroutine.done();
                            }
                        }
                        """);

        weft("run", file, "--help").program().start();

        assertThat(System.getProperty(RESULT)).isEqualTo("--help");
        assertThatThrownBy(() -> weft("run", file).program().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no arguments");
    }

    @Test
    void aMainMayBeAnInstanceMethodWithoutParameter() throws Throwable {
        Path file =
                Sources.write(
                        folder,
                        "Main.java",
                        "class Main { void main() { System.setProperty(\""
                                + RESULT
                                + "\", \"x\"); } }");

        weft("run", file).program().start();

        assertThat(System.getProperty(RESULT)).isEqualTo("x");
    }

    @Test
    void aProgramDoesNotSeeTheLibrariesOfTheCommandLine() throws IOException {
        Path file =
                Sources.write(
                        folder,
                        "Main.java",
                        """
                        class Main {
                            public static void main(String[] args) throws Exception {
                                Class.forName("dev.weft.Weft");
                                Class.forName("org.objectweb.asm.ClassReader");
                            }
                        }
                        """);

        assertThatThrownBy(() -> weft("run", file).program().start())
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessage("org.objectweb.asm.ClassReader");
    }

    @Test
    void aRefusedClassOfTheClassPathFailsWithTheReason() throws IOException {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(folder, "Refused.java", Sources.REFUSED));

        Commands run = weft("run", "-cp", classes, "Refused");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "weft: cannot load Refused: Weft refuses Refused:\nRefused.java:9: error: ");
    }

    @Test
    void aProgramFindsItsResourcesServicesAndPackage() throws Throwable {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(
                                folder,
                                "Main.java",
                                """
                                package com.acme;
                                import static dev.weft.Weft.*;
                                import dev.weft.*;
                                import java.util.ServiceLoader;
                                public class Main implements Runnable {
                                    public void run() {
                                        System.setProperty("weft.test.result",
                                            getClass().getResource("text.txt") != null
                                                && getClass().getPackageName().equals("com.acme")
                                                ? "found" : "lost");
                                    }
                                    @Async static Coroutine<Void> start() {
                                        await(sleep(java.time.Duration.ZERO));
                                        ServiceLoader.load(Runnable.class).findFirst().get().run();
                                        return Coroutine.done();
                                    }
                                    public static void main(String[] args) { Weft.run(start()); }
                                }
                                """));
        Sources.write(classes.resolve("com/acme"), "text.txt", "text");
        Sources.write(
                classes.resolve("META-INF/services"), "java.lang.Runnable", "com.acme.Main\n");

        weft("run", "-cp", classes, "com.acme.Main").program().start();

        assertThat(System.getProperty(RESULT)).isEqualTo("found");
    }
}
