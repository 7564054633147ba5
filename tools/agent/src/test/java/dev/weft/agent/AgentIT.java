package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.programs.Loaders;
import dev.weft.programs.Refused;
import dev.weft.programs.Shop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar of the agent in JVMs of its own, on the oldest and the newest Java. */
class AgentIT {
    private static final List<String> PRICES =
            List.of("Get stock price of GOOG...", "Get stock price of APPL...", "300", "400");

    @TempDir private Path folder;

    static Stream<Path> jdks() {
        return Jdks.all();
    }

    /** Returns the program of the first page, without its delays. */
    private static String prices() throws IOException {
        String page = Files.readString(Path.of("../../README.md"));
        String program = page.split("```java\n", 2)[1].split("```", 2)[0];
        assertThat(program).contains("ofSeconds(3)");
        return program.replace("ofSeconds(3)", "ofSeconds(0)");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theProgramOfTheFirstPageRunsFromTheClassPath(Path jdk) throws Exception {
        Sources.compile(folder, "Prices", prices());
        Tool.Result result =
                Tool.java(jdk, "")
                        .with("-cp", Tool.CLASS_PATH + File.pathSeparator + folder)
                        .with("Prices")
                        .run();
        assertThat(result).isEqualTo(new Tool.Result(0, PRICES, List.of()));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theProgramOfTheFirstPageRunsFromItsSourceFile(Path jdk) throws Exception {
        Path source = Files.writeString(folder.resolve("Prices.java"), prices());
        Tool.Result result =
                Tool.java(jdk, "").with("-cp", Tool.CLASS_PATH, source.toString()).run();
        assertThat(result).isEqualTo(new Tool.Result(0, PRICES, List.of()));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void snippetsOfJShellAwait(Path jdk) throws Exception {
        Tool.Result result =
                new Tool(jdk, "jshell")
                        .with("--class-path", Tool.CLASS_PATH)
                        .with("-R-javaagent:" + Tool.agent(), "-s", "-")
                        .reading(
                                """
                                import dev.weft.*;
                                import static dev.weft.Weft.*;
                                @Async Coroutine<Integer> next(int x) {
                                    await(sleep(java.time.Duration.ZERO));
                                    return Coroutine.of(x + 1);
                                }
                                System.out.println(run(next(41)));
                                System.out.println(run(() -> Coroutine.of(await(next(1)) * 10)));
                                /exit
                                """)
                        .run();
        assertThat(result.out()).containsExactly("42", "20");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyClassLoaderGetsItsOwnFrameClasses(Path jdk) throws Exception {
        Path compiled = Sources.instrument(Sources.compile(folder, "Shop", Sources.of(Shop.class)));
        Tool.Result result = Tool.java(jdk, "").main(Loaders.class, compiled.toString()).run();
        assertThat(result.out())
                .containsExactly(
                        "application: 23",
                        "with a runtime of its own: 23",
                        "child first: 23",
                        "many threads: [1 defined, 23]",
                        "compiled before: 23",
                        "without a runtime: dev/weft/Awaitable");
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith(
                        "weft-agent: ERROR dev.weft.programs.Shop has async methods, and its"
                                + " class loader (java.net.URLClassLoader) finds no Weft runtime:"
                                + " add weft-runtime");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void refusedCodeIsPrintedAndNamedByTheException(Path jdk) throws Exception {
        Tool.Result result = Tool.java(jdk, "").main(Refused.class).run();
        assertThat(result.err())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "weft-agent: ERROR dev/weft/programs/Refused.java:[20,1]")
                                        .contains("synchronized"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "weft-agent: WARNING dev/weft/programs/Refused.java:[29,1]")
                                        .endsWith("[weft:dropped-coroutine]"));
        assertThat(result.out().get(0))
                .endsWith("Weft has refused to compile class dev.weft.programs.Refused$Locked:");
        assertThat(result.out().get(1))
                .isEqualTo("  " + result.err().get(0).substring("weft-agent: ERROR ".length()));
        assertThat(result.out().get(3)).isEqualTo("The careless method runs.");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aLintIsAnErrorIfAnOptionSaysSo() throws Exception {
        Path sources = Path.of("src/test/java").toAbsolutePath();
        Tool.Result result =
                Tool.java(
                                Jdks.current(),
                                "=debug=true,failOn=huge-method+dropped-coroutine,sources="
                                        + sources)
                        .main(Refused.class)
                        .run();
        assertThat(result.out().get(result.out().size() - 1))
                .isEqualTo("The careless method is refused.");
        assertThat(result.err().get(1))
                .startsWith(
                        "weft-agent: ERROR " + sources.resolve("dev/weft/programs/Refused.java"));
    }

    @Test
    void anUnknownOptionEndsTheJvmWithTheListOfTheValidOnes() throws Exception {
        Tool.Result result = Tool.java(Jdks.current(), "=lines=true").main(Refused.class).run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("weft-agent: there is no option \"lines\". Valid options: debug=");
    }
}
