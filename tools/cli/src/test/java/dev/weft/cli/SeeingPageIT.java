package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions of docs/seeing.md are those of a program, but for numbers and states. */
class SeeingPageIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```text\\n\\$ weft (.*?)\\n(.*?)^```$");

    @TempDir private Path folder;

    private static String page() throws Exception {
        return Files.readString(Path.of("../../docs/seeing.md"));
    }

    @Test
    void eachCommandPrintsWhatThePageShows() throws Exception {
        Path classes = LiveProgram.compile(folder);
        List<String> commands = new ArrayList<>();
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "page")) {
            String pid = Long.toString(shop.pid());
            Matcher block = BLOCK.matcher(page());
            while (block.find()) {
                String command = block.group(1);
                commands.add(command);
                Commands done = weft((Object[]) words(command.replace("4711", pid)));
                assertThat(shape(only(pid, command, done.out()))).isEqualTo(shape(block.group(2)));
            }
        }
        assertThat(commands).hasSize(6);
    }

    /** Other programs of the machine may be listed. */
    private static String only(String pid, String command, String out) {
        return command.equals("ps")
                ? out.replaceAll("(?m)^ *(?!PID)(?!" + pid + ")\\d+ .*\\R", "")
                : out;
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words.toArray(String[]::new);
    }

    /** Returns the text without numbers, states, spaces, and what the busy task waits for. */
    private static String shape(String text) {
        return text.replaceAll("\\d[\\d.,]*", "N")
                .replaceAll("N (us|ms|s|%)", "N")
                .replaceAll("(N (new|ready|running|waiting|sleeping)(, )?)+", "STATES")
                .replaceAll("(?m)^(task customers #N: |.*customers  ).*$", "$1")
                .replaceAll("ready|running|waiting|sleeping", "STATE")
                .replaceAll("(timer|step)s", "$1")
                .replaceAll(" +", " ")
                .replaceAll("(?m) +$", "");
    }

    @Test
    void eachMessageIsThatOfACommand() throws Exception {
        StringBuilder sources = new StringBuilder();
        for (String name :
                List.of(
                        "live/Failures",
                        "live/Jvm",
                        "live/AgentFolder",
                        "live/Target",
                        "live/Choice",
                        "live/FoundTask",
                        "live/LiveTrace",
                        "live/TimeLimit",
                        "CancelCommand",
                        "TraceCommand",
                        "WebCommand",
                        "web/WebServer")) {
            sources.append(
                    Files.readString(Path.of("src/main/java/dev/weft/cli/" + name + ".java")));
        }
        sources.append(
                Files.readString(
                        Path.of(
                                "../../runtime/src/main/java/dev/weft/internal/trace/TraceFile.java")));
        String words = sources.toString().replaceAll("\"\\s*\\+ [a-z()A-Z_.]+\\s*\\+ \"", "#");
        List<String> messages =
                Pattern.compile("(?m)^\\| `([^`]*)` \\|")
                        .matcher(page().substring(page().indexOf("## Messages")))
                        .results()
                        .map(row -> row.group(1))
                        .toList();
        assertThat(messages).hasSize(19);
        for (String message : messages) {
            String pattern =
                    message.replaceAll("4711|7000|\\b[78]\\b|packer|bob|trace\\.json|failed", "#");
            for (String part : pattern.split("#", -1)) {
                assertThat(words).contains(part.strip());
            }
        }
    }
}
