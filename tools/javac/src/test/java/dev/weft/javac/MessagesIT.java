package dev.weft.javac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of javac for code that Weft refuses or warns about, word by word. */
class MessagesIT {

    @TempDir Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MessagesIT.class.getResourceAsStream("/messages/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Project bad() throws IOException {
        return new Project(folder).with("com/acme/Bad.java", resource("Bad.java.txt"));
    }

    private String messages(Jdk.Result result) {
        return result.output().replace(folder.resolve("src") + "/", "");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyProblemHasALineAColumnAndACaret(Jdk jdk) throws Exception {
        Jdk.Result result = bad().javac(jdk);

        assertThat(messages(result)).isEqualTo(resource("Bad.messages.txt"));
        assertThat(result.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void problemsOfAllClassesArePrintedInOneCompilation(Jdk jdk) throws Exception {
        String plain = "int plain(Coroutine<Integer> one) { return await(one); }";
        Jdk.Result result =
                new Project(folder)
                        .withClass("A", plain)
                        .withClass("B", plain)
                        .withClass("C", "class Inner { " + plain + "}")
                        .javac(jdk);

        assertThat(messages(result))
                .contains("A.java:9: error", "B.java:9: error", "C.java:9: error")
                .endsWith("3 errors\n");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void errorsOfJavacDoNotHideThoseOfWeft(Jdk jdk) throws Exception {
        Jdk.Result result =
                new Project(folder)
                        .withClass("A", "int plain(Coroutine<Integer> one) { return await(one); }")
                        .withClass("B", "int wrong() { return \"\"; }")
                        .javac(jdk, "-XDcompilePolicy=bytodo");

        assertThat(messages(result)).contains("A.java:9: error: await in plain", "B.java:9: error");
        assertThat(result.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aWarningIsAnErrorWhereTheOptionOrJavacSaysSo(Jdk jdk) throws Exception {
        Project project =
                new Project(folder).withClass("A", "void drop() { sleep(Duration.ofSeconds(1)); }");

        assertThat(project.javac(jdk).output()).contains("warning: the coroutine that sleep");
        assertThat(project.javac(jdk, "-Aweft.failOn=blocking-call").status()).isZero();
        assertThat(project.javac(jdk, "-Aweft.failOn=blocking-call,dropped-coroutine").output())
                .contains("error: the coroutine that sleep", "[weft:dropped-coroutine]");
        assertThat(project.javac(jdk, "-Werror").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void unknownOptionsAndValuesAreRefused(Jdk jdk) throws Exception {
        Project project = new Project(folder).withClass("A", "");

        assertThat(project.javac(jdk, "-Aweft.debugg=true").output())
                .isEqualTo(
                        """
                        error: -Aweft.debugg: Weft has no such option; known are weft.debug,\
                         weft.failOn, weft.skip
                        1 error
                        """);
        assertThat(project.javac(jdk, "-Aweft.debug=yes").output())
                .contains("error: -Aweft.debug=yes: the value must be true or false");
        assertThat(project.javac(jdk, "-Aweft.failOn=dropped").output())
                .contains("error: failOn: there is no warning \"dropped\"; known are all,");
    }
}
