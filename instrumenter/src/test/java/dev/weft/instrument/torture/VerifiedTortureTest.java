package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.support.MemoryLoader;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Existing classes pass both verifiers with an await or an emit before each call and on each line:
 * always java.util and JUnit, with {@code -Ptorture} all of java.base and large libraries, with
 * {@code -Dweft.torture.jars=a.jar:b.jar} these jars too.
 */
class VerifiedTortureTest {
    private static final String JARS = System.getProperty("weft.torture.jars", "");

    private static final List<String> LIBRARIES =
            List.of(
                    "bcprov-jdk18on",
                    "commons-collections4",
                    "commons-lang3",
                    "commons-math3",
                    "ecj",
                    "groovy",
                    "guava",
                    "h2",
                    "jackson-databind",
                    "kotlin-stdlib",
                    "scala-library");

    @TestFactory
    Stream<DynamicNode> torturedClassesPassBothVerifiers() {
        Stream<DynamicNode> always =
                Stream.of(
                        test("java.util", () -> Corpus.moved("java/util")),
                        test("JUnit", () -> Corpus.jarOf(Assertions.class)));
        Stream<DynamicNode> given =
                Stream.of(JARS.split(File.pathSeparator))
                        .filter(jar -> !jar.isEmpty())
                        .map(jar -> test(jar, () -> Corpus.jar(Path.of(jar))));
        return Stream.concat(Stream.concat(always, given), Corpus.ALL ? all() : Stream.empty());
    }

    private static Stream<DynamicNode> all() {
        return Stream.concat(
                Stream.of(test("java.base", Corpus::javaBase, PlatformLoader::of)),
                LIBRARIES.stream()
                        .map(
                                library ->
                                        test(
                                                library,
                                                () ->
                                                        Corpus.jar(
                                                                Corpus.onClassPath(
                                                                        library, ".jar")))));
    }

    private static DynamicNode test(String name, Supplier<SortedMap<String, byte[]>> classes) {
        return test(
                name,
                classes,
                all -> new MemoryLoader(VerifiedTortureTest.class.getClassLoader(), all));
    }

    private static DynamicNode test(
            String name,
            Supplier<SortedMap<String, byte[]>> classes,
            Function<Map<String, byte[]>, ClassLoader> loaders) {
        return dynamicContainer(
                name,
                Arrays.stream(Way.values())
                        .map(
                                way ->
                                        dynamicTest(
                                                way.name(),
                                                () ->
                                                        examine(
                                                                new Examination(
                                                                        way,
                                                                        name,
                                                                        classes.get(),
                                                                        loaders)))));
    }

    private static void examine(Examination examination) {
        assertThat(examination.problems()).isEmpty();
        assertThat(examination.tally().methods()).isPositive();
    }
}
