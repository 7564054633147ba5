package dev.weft.javac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.Publication;
import dev.weft.instrument.folder.TreeCompilation;
import dev.weft.javac.samples.GeneratingProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged jar on the processor path of the real javac of each JDK. */
class JavacIT {

    private static final String MAIN =
            """
            @Async
            static Coroutine<Integer> one() {
                return Coroutine.of(await(sleep(Duration.ofMillis(1), 1)));
            }

            interface Doubling {
                @Async
                default Coroutine<Integer> twice(int number) {
                    return Coroutine.of(await(one()) * 2 * number);
                }
            }

            public static String result() {
                return "" + run(new Doubling() {}.twice(21)) + run(() -> Coroutine.of(1 + await(one())));
            }
            """;

    private static final String REFUSED =
            """
            @Async
            Coroutine<Integer> later() {
                return Coroutine.of(await(sleep(Duration.ofMillis(1), 1)));
            }

            int refused() {
                return await(later());
            }
            """;

    @TempDir Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private Project main() throws IOException {
        return new Project(folder).withClass("Main", MAIN);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void asyncMethodsRunAfterJavacAloneAndNoLintWarns(Jdk jdk) throws Exception {
        main().compiled(jdk, "--release", "17", "-Xlint:all", "-Werror");

        assertThat(main().call("result")).isEqualTo("422");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theClassesAreThoseOfTheMavenPlugin(Jdk jdk) throws Exception {
        Project project = main().compiled(jdk, "-g", "-parameters");
        List<String> plain =
                new ArrayList<>(List.of("-d", folder.resolve("plain").toString(), "-g"));
        plain.addAll(List.of("-parameters", "-proc:none", "-cp", Project.RUNTIME.toString()));
        plain.addAll(project.sources());
        assertThat(jdk.javac(plain).status()).isZero();
        Path tree = folder.resolve("plain");
        Publication.publish(
                tree,
                TreeCompilation.of(tree, new AsyncCompiler(Options.defaults()), Suppressions.NONE)
                        .changes());

        assertSame(Project.classes(project.out()), Project.classes(tree));
    }

    private static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void debugSavesEveryVariable(Jdk jdk) throws Exception {
        Project project = main().compiled(jdk, "-g");
        Map<String, byte[]> usual = Project.classes(project.out());

        project.compiled(jdk, "-g", "-Aweft.debug=true");

        assertThat(Project.classes(project.out()).get("com/acme/Main$Doubling.class"))
                .isNotEqualTo(usual.get("com/acme/Main$Doubling.class"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void skipLeavesTheClassesAsJavacWroteThem(Jdk jdk) throws Exception {
        Project project = main().compiled(jdk, "-Aweft.skip=true");

        assertThat(Project.classes(project.out()))
                .containsOnlyKeys(
                        "com/acme/Main.class",
                        "com/acme/Main$1.class",
                        "com/acme/Main$Doubling.class");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutAFolderForClassesTheyAreBesideTheirSources(Jdk jdk) throws Exception {
        Project project =
                main().with(
                                "Unnamed.java",
                                "public class Unnamed { @dev.weft.Async public static"
                                        + " dev.weft.Coroutine<Integer> m() { return"
                                        + " dev.weft.Coroutine.of(1); } }");
        List<String> arguments = project.arguments("--release", "17");

        assertThat(jdk.javac(arguments.subList(2, arguments.size())).output()).isEmpty();

        assertThat(Project.call(project.source(), "com.acme.Main", "result")).isEqualTo("422");
        assertThat(project.source().resolve("Unnamed$m$Coroutine.class")).exists();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void generatedSourcesOfEveryRoundAreCompiled(Jdk jdk) throws Exception {
        new Project(folder)
                .withClass(
                        "Main",
                        """
                        public static int result() {
                            return run(Generated1.get()) + run(Generated2.get());
                        }
                        """)
                .compiled(
                        jdk,
                        "--release",
                        "17",
                        "--processor-path",
                        Project.path(Project.PROCESSOR, Project.place(JavacIT.class)),
                        "-processor",
                        "dev.weft.javac.WeftProcessor," + GeneratingProcessor.class.getName());

        assertThat(new Project(folder).call("result")).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void sourcesThatJavacFindsByItselfAreCompiled(Jdk jdk) throws Exception {
        Project project =
                main().withClass("First", "public static Object m() { return Main.result(); }");
        List<String> arguments =
                new ArrayList<>(project.arguments("-sourcepath", project.source().toString()));
        arguments.removeIf(argument -> argument.endsWith("Main.java"));
        arguments.addAll(List.of("-implicit:class", "--release", "17"));

        assertThat(jdk.javac(arguments).output()).isEmpty();

        assertThat(project.call("result")).isEqualTo("422");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void processingWithoutCompilationWritesNothing(Jdk jdk) throws Exception {
        main().compiled(jdk, "-proc:only");

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyOrderOfCompilationWorks(Jdk jdk) throws Exception {
        for (String policy : List.of("simple", "byfile", "bytodo")) {
            Project project = new Project(folder.resolve(policy)).withClass("Main", MAIN);
            project.compiled(jdk, "--release", "17", "-XDcompilePolicy=" + policy);
            assertThat(project.call("result")).as(policy).isEqualTo("422");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void namedModulesAreCompiledOneOrSeveralAtATime(Jdk jdk) throws Exception {
        Project one =
                new Project(folder.resolve("one"))
                        .with("module-info.java", "module one { requires dev.weft; }")
                        .withClass("Main", MAIN);
        List<String> arguments = new ArrayList<>(one.arguments());
        arguments.set(arguments.indexOf("-cp"), "-p");
        assertThat(jdk.javac(arguments).output()).isEmpty();
        assertThat(one.out().resolve("com/acme/Main$one$Coroutine.class")).exists();

        Project two =
                new Project(folder.resolve("two"))
                        .with("a/module-info.java", "module a { requires dev.weft; }")
                        .with("a/com/acme/Main.java", Project.weftClass("Main", MAIN))
                        .with("b/module-info.java", "module b { requires dev.weft; }")
                        .with(
                                "b/com/other/Main.java",
                                Project.weftClass("Main", MAIN).replace("com.acme", "com.other"));
        arguments = new ArrayList<>(two.arguments("--module-source-path", two.source().toString()));
        arguments.set(arguments.indexOf("-cp"), "-p");
        assertThat(jdk.javac(arguments).output()).isEmpty();
        assertThat(two.out().resolve("a/com/acme/Main$one$Coroutine.class")).exists();
        assertThat(two.out().resolve("b/com/other/Main$one$Coroutine.class")).exists();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void frameClassesThatAreNotNeededAnyMoreAreDeleted(Jdk jdk) throws Exception {
        Project project = main().compiled(jdk);
        Path frame = project.out().resolve("com/acme/Main$one$Coroutine.class");
        assertThat(frame).exists();

        project.withClass("Main", "").compiled(jdk);

        assertThat(frame).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aRefusedClassHasNoClassFileAndTheOthersAreComplete(Jdk jdk) throws Exception {
        Project project =
                main().withClass(
                                "Refused",
                                REFUSED.replace(
                                                "refused() {",
                                                "refused() { return 1; } @Async Coroutine<Integer> more() {")
                                        .replace(
                                                "return await(later());",
                                                "return Coroutine.of(await(later()));"))
                        .compiled(jdk);
        project.withClass("Refused", REFUSED);

        assertThat(project.javac(jdk, "--release", "17").status()).isEqualTo(1);

        try (Stream<Path> files = Files.list(project.out().resolve("com/acme"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("Refused.") || name.startsWith("Refused$l"))
                    .noneMatch(name -> name.startsWith(".weft"));
        }
        assertThat(project.call("result")).isEqualTo("422");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClassOfTheUserIsNeverReplaced(Jdk jdk) throws Exception {
        Jdk.Result result =
                main().with("com/acme/Taken.java", "package com.acme; class Main$one$Coroutine {}")
                        .javac(jdk);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("com.acme.Main$one$Coroutine for a class of its own")
                .contains("rename that class");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lombokWorksBesideInEitherOrder(Jdk jdk) throws Exception {
        Path lombok = Project.place(lombok.Getter.class);
        for (String path :
                List.of(
                        Project.path(lombok, Project.PROCESSOR),
                        Project.path(Project.PROCESSOR, lombok))) {
            Project project =
                    new Project(folder.resolve("lombok" + path.indexOf("lombok")))
                            .withClass(
                                    "Main",
                                    """
                                    @lombok.Getter private final int base = 40;

                                    @Async
                                    @lombok.SneakyThrows
                                    Coroutine<Integer> total(@lombok.NonNull Integer more) {
                                        lombok.val one = await(sleep(Duration.ofMillis(1), 1));
                                        return Coroutine.of(getBase() + one + more);
                                    }

                                    public static int result() { return run(new Main().total(1)); }
                                    """);
            Jdk.Result result =
                    project.javac(
                            jdk,
                            "--release",
                            "17",
                            "--processor-path",
                            path,
                            "-cp",
                            Project.path(Project.RUNTIME, lombok));
            assertThat(result.status()).as(result.output()).isZero();
            assertThat(project.call("result")).isEqualTo(42);
        }
    }
}
