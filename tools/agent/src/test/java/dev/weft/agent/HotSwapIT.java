package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.programs.HotSwap;
import dev.weft.programs.Swapped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Redefinitions of a class whose coroutines are suspended. */
class HotSwapIT {
    private static final String CLASS_FILE = "dev/weft/programs/Swapped.class";

    @TempDir private Path folder;

    static Stream<Path> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void bodiesChangeAndTheShapeDoesNot(Path jdk) throws Exception {
        String first = Sources.of(Swapped.class);
        String second =
                first.replace(
                                "return Coroutine.of(\"old \" + first",
                                """
                                long sum = 7;
                                double half = 0.5;
                                for (int i = 0; i < 3; i++) {
                                    sum += await(gate).length();
                                }
                                Coroutine<Long> last = more(sum);
                                return Coroutine.of("new " + await(last) + half + first\
                                """)
                        .replace("return \"old\"", "return \"new\"")
                        .replace("more(sum)", "Coroutine.of(sum)");
        String third = second.replace("\"new \"", "\"newer \"").replace("i < 3", "i < 30");
        String fourth = third.replace("Swapped {", "Swapped { int added() { return 1; }");

        Tool.Result result =
                Tool.java(jdk, "")
                        .with("-javaagent:" + means())
                        .main(
                                HotSwap.class,
                                Sources.instrument(version(1, first))
                                        .resolve(CLASS_FILE)
                                        .toString(),
                                version(2, second).resolve(CLASS_FILE).toString(),
                                version(3, third).resolve(CLASS_FILE).toString(),
                                version(4, fourth).resolve(CLASS_FILE).toString())
                        .run();

        assertThat(result.out())
                .containsExactly(
                        "loaded: old",
                        "same bytes: true",
                        "first swap: done",
                        "plain: new",
                        "unchanged: same a!11",
                        "outdated: java.lang.IllegalStateException: "
                                + "dev.weft.programs.Swapped.changed: this coroutine was created"
                                + " before the method was changed while the program runs"
                                + " (HotSwap), and its code is gone: call the method again, or"
                                + " restart the program",
                        "retransformed: done",
                        "fresh: new 100.5b!11",
                        "second swap: done",
                        "fresh: newer 370.5b!11",
                        "unchanged: same b!21",
                        "third swap: refused by the JVM",
                        "fresh: newer 370.5b!21");
        assertThat(result.err())
                .containsExactly(
                        "weft-agent: ERROR dev.weft.programs.Swapped cannot be changed while the"
                                + " program runs: it has the new method added() with the result"
                                + " int. The JVM changes the code of methods only: restart the"
                                + " program.");
        assertThat(result.exitCode()).isZero();
    }

    private Path version(int number, String source) throws IOException {
        return Sources.compile(folder.resolve("version" + number), "Swapped", source);
    }

    /** Returns an agent whose class is on the class path. */
    private Path means() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", HotSwap.class.getName());
        attributes.putValue("Can-Redefine-Classes", "true");
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("means.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }
}
