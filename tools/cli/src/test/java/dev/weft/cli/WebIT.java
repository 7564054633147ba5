package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of programs that run in processes of their own. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class WebIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir private static Path folder;
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        classes = LiveProgram.compile(folder);
    }

    /** A command in a process of its own, and the address that it has printed. */
    private record Served(Process process, BufferedReader errors, URI url)
            implements AutoCloseable {
        static Served start(LiveProgram program, String... options) throws Exception {
            List<String> arguments = new ArrayList<>(List.of("web", Long.toString(program.pid())));
            arguments.addAll(List.of(options));
            Process process =
                    new ProcessBuilder(LiveIT.command(arguments.toArray(String[]::new))).start();
            BufferedReader out = process.inputReader();
            assertThat(out.readLine()).isEqualTo("Open this page in a browser; Ctrl-C ends:");
            return new Served(process, process.errorReader(), URI.create(out.readLine()));
        }

        String data(int after) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(url.resolve("/data?after=" + after))
                                    .header("Authorization", "Bearer " + url.getFragment())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        int status() throws Exception {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.weft.cli.Jdks#all")
    void theTasksOfAProgramAreServedUntilItEnds(Path jdk) throws Exception {
        try (LiveProgram shop = LiveProgram.start(jdk, classes, "plain");
                Served web = Served.start(shop)) {
            assertThat(web.data(0))
                    .startsWith("{\"number\":1,")
                    .contains("\"name\":\"server\"", "evil\\u001b[2J\\u000aname");
            assertThat(web.data(1)).contains("\"steps\":{\"1\":{\"rate\":", "\"tasks\":{\"4\":");

            shop.end();

            assertThat(web.data(2))
                    .contains(
                            "\"ended\":true,\"message\":\"process " + shop.pid() + " has ended\"");
            assertThat(web.errors.readLine())
                    .isEqualTo("weft: process " + shop.pid() + " has ended");
            assertThat(web.status()).isEqualTo(1);
        }
    }

    @Test
    void aLoopThatIsStuckIsServed() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "hangs", "-Dweft.monitor");
                Served web = Served.start(shop, "--interval", "5", "--limit", "3")) {
            assertThat(web.data(0))
                    .contains("\"stuck\":\"the loop has not answered", "Shop.hang(Shop.java:")
                    .contains("\"name\":\"packer\"")
                    .doesNotContain("\"name\":\"customers\"");
        }
    }

    @Test
    void aSignalEndsTheCommandWithoutAWord() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain");
                Served web = Served.start(shop)) {
            String pid = Long.toString(web.process.pid());
            // SIGINT is ignored by the jobs that a script starts in the background
            assertThat(new ProcessBuilder("kill", "-TERM", pid).start().waitFor()).isZero();

            assertThat(web.errors.readLine()).isNull();
            assertThat(web.status()).isEqualTo(143);
            assertThat(shop.process().isAlive()).isTrue();
        }
    }

    @Test
    void aStoppedProgramAnswersWhenItContinues() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain");
                Served web = Served.start(shop)) {
            String pid = Long.toString(shop.pid());
            assertThat(web.data(0)).contains("\"number\":1,");
            assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
            String silent = web.data(1);
            while (silent.contains("loops") || silent.contains("\"silent\":0")) {
                silent = web.data(1);
            }
            assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();

            String picture = web.data(1);
            while (!picture.contains("loops")) {
                picture = web.data(1);
            }
            assertThat(picture).contains("\"name\":\"server\"");
        }
    }

    @Test
    void aPortThatIsInUseIsNamed() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain");
                Served web = Served.start(shop)) {
            Commands second = weft("web", shop.pid(), "--port", web.url.getPort());

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).startsWith("weft: cannot listen on port " + web.url.getPort());
        }
    }

    @Test
    void wrongUseIsExplained() throws Exception {
        assertThat(weft("web", "1", "--port", "65536").err()).contains("--port must be 0 to 65535");
        assertThat(weft("web", "1", "--interval", "0").err())
                .contains("--interval must be 1 to 3600");
        assertThat(weft("web", "1", "--limit", "-1").status()).isEqualTo(2);
        assertThat(weft("web", "1", "--loop", "main").err()).contains("\"main\" is no loop");
        assertThat(weft("web", "999999999").err())
                .isEqualTo(weft("tree", "999999999").err())
                .startsWith("weft: there is no process 999999999");
        try (LiveProgram none = LiveProgram.start(JDK, classes, "none")) {
            assertThat(weft("web", none.pid()).err()).isEqualTo(weft("tree", none.pid()).err());
        }
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            assertThat(weft("web", shop.pid(), "--loop", "7").err())
                    .isEqualTo(weft("tree", shop.pid(), "--loop", "7").err())
                    .contains("has no open loop 7");
        }
    }

    @Test
    void aJavaWithoutTheServerIsNamed() throws Exception {
        List<String> command = new ArrayList<>(LiveIT.command("web", "1"));
        String modules = "java.base,java.logging,java.xml,java.management,jdk.attach";
        command.addAll(1, List.of("--limit-modules", modules));
        WeftJar web = WeftJar.run(new ProcessBuilder(command), "");

        assertThat(web.err()).contains("has no module jdk.httpserver", "use a JDK");
        assertThat(web.status()).isEqualTo(2);
    }
}
