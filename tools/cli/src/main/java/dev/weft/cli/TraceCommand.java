package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.LiveTrace;
import dev.weft.cli.live.Target;
import dev.weft.cli.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Traces a program for some seconds. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Records the steps of all tasks of a program for some seconds: when each ran, what the task"
                    + " waited for afterwards, and which task has resumed it.",
            "The file is for Perfetto (ui.perfetto.dev) and chrome://tracing or, with --html, a page"
                    + " with a timeline that needs no network. A full memory keeps the newest steps and"
                    + " those of a millisecond and more; the file says what is missing."
        },
        exitCodeListHeading = "%nExit status:%n",
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
final class TraceCommand implements Callable<Integer> {
    private static final int LONGEST_SECONDS = 3_600;
    private static final int MOST_SPANS = 20_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of the process.")
    private long pid;

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
    public Integer call() throws InterruptedException {
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            throw CommandException.wrongUse("--seconds must be 0 to 3600: " + seconds);
        }
        if (spans < 0 || spans > MOST_SPANS) {
            throw CommandException.wrongUse("--spans must be 0 to 20000000: " + spans);
        }
        String format = isHtml ? "html" : "json";
        Path file = output == null ? Path.of("weft-trace-" + pid + "." + format) : output;
        try (Target target = Target.open(pid);
                LiveTrace trace = target.trace(Choice.ALL, seconds, spans, format)) {
            trace.write(file);
        } catch (IOException unwritable) {
            throw CommandException.failed("cannot write " + file + ": " + Reason.of(unwritable));
        }
        spec.commandLine().getOut().println("wrote " + file);
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
    }
}
