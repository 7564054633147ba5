package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that look into other programs, which run in processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class LiveIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir private static Path folder;
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        classes = LiveProgram.compile(folder);
    }

    private static String ok(Object... args) {
        Commands done = weft(args);
        assertThat(done.err()).isEmpty();
        assertThat(done.status()).isZero();
        return done.out();
    }

    private static String failure(int status, Object... args) {
        Commands failed = weft(args);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.status()).isEqualTo(status);
        return failed.err();
    }

    @ParameterizedTest
    @MethodSource("dev.weft.cli.Jdks#all")
    void anAgentGetsIntoAnyProgram(Path jdk) throws Exception {
        try (LiveProgram shop = LiveProgram.start(jdk, classes, "plain")) {
            long pid = shop.pid();
            assertThat(weft("ps").out()).containsPattern("(?m)^ +" + pid + "  [\\d.]+ +no +Shop$");
            assertThat(shop.err()).isEmpty();

            assertThat(ok("ps", pid))
                    .startsWith("LOOP  THREAD  TASKS")
                    .containsPattern("(?m)^1 +main +5 .* sleeping");
            assertThat(ok("tree", pid))
                    .startsWith("loop 1: loop of thread main: 5 tasks (")
                    .contains(
                            "task server #2: waits for queue of 10, empty",
                            "    at Shop.serve(Shop.java:13)",
                            "task evil\\u001b[2J\\nname #5: ");
            assertThat(ok("tree", pid, "--limit", "1")).contains("and 4 more tasks");
            assertThat(ok("tree", pid, "--json"))
                    .startsWith("[{\"loop\":\"1\",\"snapshot\":{")
                    .contains("evil\\u001b[2J\\u000aname")
                    .endsWith("}]\n");
            assertThat(ok("stack", pid, "packer"))
                    .startsWith("task packer #3 of loop 1: waits for 3")
                    .contains("    at Shop.pack(Shop.java:");
            assertThat(ok("top", pid)).contains("loop 1 of thread main: ", "  customers");
            assertThat(ok("cancel", pid, "packer", "--message", "closed"))
                    .isEqualTo("task packer #3 of loop 1: cancellation requested\n");
            assertThat(ok("tree", pid)).contains(": 4 tasks").doesNotContain("packer");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.weft.cli.Jdks#all")
    void aMonitoredProgramNeedsNoAgent(Path jdk) throws Exception {
        boolean isOption = jdk.equals(JDK); // one way on each Java
        try (LiveProgram shop =
                isOption
                        ? LiveProgram.start(jdk, classes, "plain", "-Dweft.monitor")
                        : LiveProgram.start(jdk, classes, "monitored")) {
            assertThat(ok("tree", shop.pid())).contains("task server #2: waits for queue");
            assertThat(weft("ps").out()).containsPattern(shop.pid() + "  [\\d.]+ +yes +Shop");
            assertThat(shop.err()).isEmpty();
        }
    }

    @Test
    void aStuckLoopIsShownFirstWithItsStack() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "hangs")) {
            String stuck =
                    "the loop has not answered for 1000 ms; it is stuck in a step of task hung";
            assertThat(ok("tree", shop.pid()))
                    .startsWith("loop 1: " + stuck)
                    .contains("Shop.hang(Shop.java:", "task hung #6: running");
            assertThat(ok("stack", shop.pid(), "hung")).startsWith(stuck);
            assertThat(ok("cancel", shop.pid(), "hung"))
                    .contains("the cancellation follows when its step has ended");
        }
    }

    @Test
    void eachClassLoaderHasLoopsOfItsOwn() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "twice")) {
            String all = ok("ps", shop.pid());
            assertThat(all).containsPattern("(?m)^1 ").containsPattern("(?m)^2\\.1 ");
            assertThat(ok("tree", shop.pid(), "--loop", "2.1"))
                    .startsWith("loop 2.1: ")
                    .doesNotContain("loop 1: ");
            assertThat(ok("tree", shop.pid(), "--json"))
                    .contains("{\"loop\":\"2.1\"")
                    .endsWith("}]\n");
            assertThat(failure(1, "cancel", shop.pid(), "server"))
                    .contains(
                            "several tasks fit, and nothing was cancelled; give the number and --loop:",
                            "\n  task server #2 of loop 1\n  task server #2 of loop 2.1\n");
            assertThat(ok("cancel", shop.pid(), "2", "--loop", "2.1")).contains("loop 2.1: canc");
        }
    }

    @Test
    void ofSeveralClassLoadersThoseWithoutAMonitorAreSeenToo() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "twice-monitored")) {
            assertThat(ok("ps", shop.pid()))
                    .containsPattern("(?m)^1 ")
                    .containsPattern("(?m)^2\\.1 ");
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            long pid = shop.pid();
            assertThat(failure(1, "stack", pid, "nobody\u001b"))
                    .isEqualTo(
                            "weft: process "
                                    + pid
                                    + " has no live task nobody\\u001b: weft tree "
                                    + pid
                                    + " shows the tasks with numbers and names\n");
            assertThat(failure(1, "tree", pid, "--loop", "7"))
                    .isEqualTo(
                            "weft: process "
                                    + pid
                                    + " has no open loop 7: weft ps "
                                    + pid
                                    + " lists its loops\n");
            assertThat(failure(2, "tree", pid, "--loop", "main"))
                    .startsWith("weft: \"main\" is no loop: ");
            shop.end();
            assertThat(failure(1, "tree", pid)).startsWith("weft: there is no process " + pid);
        }
        assertThat(failure(1, "tree", ProcessHandle.current().pid()))
                .contains("is this command itself");
        assertThat(failure(2, "tree", "shop")).contains("'shop' is not a long");
    }

    @Test
    void aProcessThatCannotBeAskedIsRefusedWithTheReason() throws Exception {
        try (LiveProgram none = LiveProgram.start(JDK, classes, "none");
                LiveProgram closed =
                        LiveProgram.start(JDK, classes, "plain", "-XX:+DisableAttachMechanism")) {
            assertThat(failure(1, "tree", none.pid()))
                    .contains("has had no event loop of Weft since its start");
            assertThat(failure(1, "tree", closed.pid()))
                    .contains("was started with -XX:+DisableAttachMechanism");
        }
        Process other = new ProcessBuilder("sleep", "1000").start();
        try {
            assertThat(failure(1, "tree", other.pid())).contains("sleep) is no JVM");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aProgramMayRefuseTheAgentAndIsSeenByItsMonitor() throws Exception {
        for (Path jdk : Jdks.all().filter(jdk -> !jdk.equals(JDK)).toList()) {
            String option = "-XX:-EnableDynamicAgentLoading";
            try (LiveProgram shop = LiveProgram.start(jdk, classes, "plain", option)) {
                assertThat(failure(1, "tree", shop.pid()))
                        .contains("loads no agent", "start the program with -Dweft.monitor");
            }
        }
    }

    @Test
    void aFolderThatCannotHaveASocketIsNamed() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(100)));
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            List<String> command = new ArrayList<>(command("tree", Long.toString(shop.pid())));
            command.add(1, "-Djava.io.tmpdir=" + deep);
            WeftJar tree = WeftJar.run(new ProcessBuilder(command), "");

            assertThat(tree.status()).isEqualTo(1);
            assertThat(tree.err())
                    .contains("cannot make a socket in the folder for temporary files, " + deep)
                    .contains("JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aWatchEndsWithItsProgram() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            List<String> command = command("tree", Long.toString(shop.pid()), "--watch");
            Process watch = new ProcessBuilder(command).start();
            try (var out = watch.inputReader();
                    var err = watch.errorReader()) {
                assertThat(out.readLine()).startsWith("loop 1: loop of thread main");
                shop.end();
                assertThat(err.readLine()).contains("process " + shop.pid() + " has ended");
                assertThat(watch.waitFor()).isEqualTo(1);
            }
        }
    }

    @Test
    void theJarContainsTheAgent() throws Exception {
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            WeftJar tree = WeftJar.run(JDK, folder, "", "tree", Long.toString(shop.pid()));
            assertThat(tree.err()).isEmpty();
            assertThat(tree.out()).contains("task server #2");
        }
    }

    @Test
    void aJavaWithoutTheAttachModuleIsNamed() throws Exception {
        List<String> command = new ArrayList<>(WeftJar.command(JDK, "tree", "1"));
        command.addAll(1, List.of("--limit-modules", "java.base,java.logging,java.xml"));
        WeftJar tree = WeftJar.run(new ProcessBuilder(command), "");
        assertThat(tree.err()).contains("has no module jdk.attach", "use a JDK");
        assertThat(tree.status()).isEqualTo(2);
    }

    /** Returns a command line of these classes, for a process of its own. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>();
        command.add(JDK.resolve("bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("dev.weft.cli.Main");
        command.addAll(List.of(args));
        return command;
    }
}
