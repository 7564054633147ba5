package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.LiveTrace;
import dev.weft.cli.live.Target;
import dev.weft.cli.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Traces a program for some seconds. */
@Command(
        name = "trace",
        description = {
            "Records the steps of all tasks of a program for some seconds: when each ran, what the task"
                    + " waited for afterwards, and which task has resumed it.",
            "The file is for Perfetto (ui.perfetto.dev) and chrome://tracing or, with --html, a page"
                    + " with a timeline that needs no network. A full memory keeps the newest steps and"
                    + " those of a millisecond and more; the file says what is missing."
        },
        exitCodeList = {
            "0:the file was written",
            "1:the process does not exist, cannot be asked, or is being traced already",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {
            "",
            "Examples:",
            "  weft trace 4711 --seconds 10 -o trace.json",
            "  weft trace 4711 --html -o timeline.html"
        })
final class TraceCommand extends ProgramCommand {
    private static final int LONGEST_SECONDS = 3_600;
    private static final int MOST_SPANS = 20_000_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "The time to record. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--spans",
            paramLabel = "N",
            description =
                    "The steps to keep, which take 44 bytes each in the program. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int spans = 1_000_000;

    @Option(names = "--html", description = "Write a page with a timeline.")
    private boolean isHtml;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write. Default: weft-trace-PID.json or .html.")
    private @Nullable Path output;

    @Override
    void check() {
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            throw CommandException.wrongUse("--seconds must be 0 to 3600: " + seconds);
        }
        if (spans < 0 || spans > MOST_SPANS) {
            throw CommandException.wrongUse("--spans must be 0 to 20000000: " + spans);
        }
    }

    @Override
    void run(Target target) throws InterruptedException {
        String format = isHtml ? "html" : "json";
        Path file = output == null ? Path.of("weft-trace-" + pid() + "." + format) : output;
        try {
            checkWritable(file);
            try (LiveTrace trace = target.trace(Choice.ALL, seconds, spans, format)) {
                trace.write(file);
            }
        } catch (IOException unwritable) {
            throw CommandException.failed("cannot write " + file + ": " + Reason.of(unwritable));
        }
        out().println("wrote " + file);
    }

    /** Fails now, and not after the trace, if the file cannot be written. */
    private static void checkWritable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw CommandException.failed(
                    "cannot write " + file + ": there is no folder " + folder);
        }
        boolean isNew = Files.notExists(file);
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
        if (isNew) {
            Files.delete(file);
        }
    }
}
