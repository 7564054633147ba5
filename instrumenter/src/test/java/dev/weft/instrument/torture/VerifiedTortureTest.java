package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.Verification;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Existing classes pass both verifiers with an await before each call and on each line.
 *
 * <p>{@code -Dweft.torture=all} takes nearly all of java.base, and {@code
 * -Dweft.torture.jars=a.jar:b.jar} these jars too.
 */
class VerifiedTortureTest {
    private static final boolean ALL = System.getProperty("weft.torture", "").equals("all");
    private static final String JARS = System.getProperty("weft.torture.jars", "");

    /** All of it but java.lang, without which no class can be: each folder moves alone. */
    private static final List<String> JAVA_BASE =
            List.of(
                    "java/io",
                    "java/math",
                    "java/net",
                    "java/nio",
                    "java/security",
                    "java/text",
                    "java/time",
                    "java/util",
                    "javax",
                    "jdk",
                    "sun",
                    "com");

    @TestFactory
    Stream<DynamicTest> torturedClassesPassBothVerifiers() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : ALL ? JAVA_BASE : List.of("java/util")) {
            tests.add(test(folder, () -> check(Corpus.javaBase(folder))));
        }
        tests.add(test("JUnit", () -> check(Corpus.jarOf(Assertions.class))));
        if (ALL) {
            tests.add(test("ECJ", () -> check(Corpus.jarOf(BatchCompiler.class))));
        }
        for (String jar : JARS.isEmpty() ? new String[0] : JARS.split(File.pathSeparator)) {
            tests.add(test(jar, () -> check(Corpus.jar(Path.of(jar)))));
        }
        return tests.stream();
    }

    private static DynamicTest test(String name, Executable check) {
        return DynamicTest.dynamicTest(name, check);
    }

    private static void check(SortedMap<String, byte[]> classes) {
        Tally tally = new Tally();
        SortedMap<String, byte[]> tortured = new Torturer(tally).torture(classes);
        Map<String, byte[]> world = new TreeMap<>(tortured);
        world.putAll(Driven.classes());
        ClassLoader loader = new MemoryLoader(VerifiedTortureTest.class.getClassLoader(), world);
        ClassLoader untouched =
                new MemoryLoader(VerifiedTortureTest.class.getClassLoader(), classes);
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        tortured.entrySet().parallelStream()
                .forEach(
                        entry -> {
                            String name = entry.getKey();
                            if (isValid(name, classes, untouched)) {
                                Verification.problems(Map.of(name, entry.getValue()), loader)
                                        .stream()
                                        .filter(problem -> !isAboutModules(problem))
                                        .forEach(problems::add);
                            } else {
                                tally.leftOut("class that is not valid even untouched");
                            }
                        });
        System.out.println("Tortured: " + tally);
        assertThat(problems).isEmpty();
        assertThat(tally.methods()).isPositive();
    }

    /** To verify it, a class was needed that cannot live elsewhere. */
    private static boolean isAboutModules(String problem) {
        return problem.contains("IllegalAccessError") && problem.contains("does not export");
    }

    /** Some classes of java.base cannot live elsewhere; a frame class is as good as its owner. */
    private static boolean isValid(
            String name, Map<String, byte[]> classes, ClassLoader untouched) {
        byte[] original = classes.get(name);
        if (original == null) {
            String owner = name.substring(0, name.lastIndexOf("$Coroutine"));
            for (int cut = owner.lastIndexOf('$'); cut > 0; cut = owner.lastIndexOf('$', cut - 1)) {
                byte[] ownerBytes = classes.get(owner.substring(0, cut));
                if (ownerBytes != null) {
                    return isValid(owner.substring(0, cut), classes, untouched);
                }
            }
            throw new AssertionError("whose frame class is " + name + "?");
        }
        return Verification.problems(Map.of(name, original), untouched).isEmpty();
    }
}
