package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as a person sees them in a terminal. Needs the terminal emulator tmux. */
@Timeout(120)
class TerminalIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir private Path folder;
    private Path socket;
    private LiveProgram shop;

    @BeforeEach
    void openATerminal() throws Exception {
        socket = folder.resolve("tmux");
        shop = LiveProgram.start(JDK, LiveProgram.compile(folder), "plain");
        boolean hasTmux = hasTmux();
        if (!hasTmux) {
            System.err.println("!!! NO tmux WAS FOUND: THE TERMINAL OF weft top IS NOT TESTED.");
        }
        assumeTrue(hasTmux, "needs tmux");
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "20", "sh");
    }

    @AfterEach
    void closeIt() throws Exception {
        shop.close();
        tmux("kill-server");
    }

    private static boolean hasTmux() throws InterruptedException {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private String tmux(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return answer;
    }

    private void type(String line) throws Exception {
        tmux("send-keys", "-l", line);
        tmux("send-keys", "Enter");
    }

    /** Writes a command to a script, so that the terminal shows little of it. */
    private void start(String... command) throws Exception {
        Path script = folder.resolve("command.sh");
        List<String> quoted = new ArrayList<>();
        for (String word : LiveIT.command(command)) {
            quoted.add("'" + word + "'");
        }
        Files.writeString(script, String.join(" ", quoted) + "\n");
        type("sh " + script + "; stty -a | grep -c ' icanon'; echo status $?");
    }

    private String screenWith(Predicate<String> awaited) throws Exception {
        String screen = "";
        for (int i = 0; i < 600; i++) {
            screen = tmux("capture-pane", "-p");
            if (awaited.test(screen)) {
                return screen;
            }
            Thread.sleep(50); // a terminal tells nobody that it has changed
        }
        throw new AssertionError("the terminal shows:\n" + screen);
    }

    @Test
    void topFillsTheTerminalUntilQIsPressed() throws Exception {
        start("top", Long.toString(shop.pid()));
        String first = screenWith(screen -> screen.contains("q ends"));
        assertThat(first).startsWith("loop 1 of thread main: 5 tasks (");
        assertThat(first)
                .contains(
                        "TASK", "BUSY", "customers", "evil\\u001b[2J\\nname", "queue of 10, empty");
        screenWith(screen -> !screen.equals(first)); // refreshed

        tmux("send-keys", "q");
        String after = screenWith(screen -> screen.contains("status 0"));
        assertThat(after).doesNotContain("q ends").contains("\n1\nstatus 0");
    }

    @Test
    void ctrlCRestoresTheTerminal() throws Exception {
        start("tree", Long.toString(shop.pid()), "--watch");
        screenWith(screen -> screen.contains("q ends") && screen.contains("task server #2"));

        tmux("send-keys", "C-c");
        assertThat(screenWith(screen -> screen.contains("$"))).doesNotContain("q ends");
        type("stty -a | grep -c ' icanon'; stty -a | grep -c ' echo '; echo end");
        assertThat(screenWith(screen -> screen.contains("\nend"))).contains("1\n1\nend");
    }

    @Test
    void aTerminalThatIsClosedEndsTheCommand() throws Exception {
        start("tree", Long.toString(shop.pid()), "--watch");
        screenWith(screen -> screen.contains("q ends"));
        List<ProcessHandle> watching =
                ProcessHandle.allProcesses()
                        .filter(
                                process ->
                                        process.info().commandLine().orElse("").contains("--watch"))
                        .filter(
                                process ->
                                        process.info()
                                                .commandLine()
                                                .orElse("")
                                                .contains(" " + shop.pid() + " "))
                        .toList();
        assertThat(watching).isNotEmpty();

        tmux("kill-server");
        for (ProcessHandle watch : watching) {
            watch.onExit().get(30, TimeUnit.SECONDS);
        }
    }
}
