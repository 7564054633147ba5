package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.FoundTask;
import dev.weft.cli.live.Target;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a task of a program. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Requests the cancellation of a task of a program.",
            "The task gets a CancelledError with the message at its await. Code that shields or catches goes on."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the cancellation was requested",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {
            "",
            "Examples:",
            "  weft cancel 4711 12",
            "  weft cancel 4711 saver --message 'hangs since noon'"
        })
final class CancelCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of the process.")
    private long pid;

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            description = "The number of the task, or its name.")
    private String task = "";

    @Mixin private final LoopOption loop = new LoopOption();

    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "The message of the cancellation. Default: ${DEFAULT-VALUE}.")
    private String message = "cancelled by weft cancel";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Choice choice = loop.choice();
        try (Target target = Target.open(pid)) {
            FoundTask found = only(target.find(choice, task));
            String answer =
                    target.ask(Choice.parse(found.loop()), "cancel", found.number(), message);
            out.print(found.text() + ": " + answer);
        }
        out.flush();
        return ExitStatus.OK;
    }

    private FoundTask only(List<FoundTask> found) {
        if (found.isEmpty()) {
            throw FoundTask.none(pid, task);
        }
        if (found.size() > 1) {
            throw CommandException.failed(
                    "several tasks fit, and nothing was cancelled; give the number and --loop:\n  "
                            + found.stream()
                                    .map(FoundTask::text)
                                    .collect(Collectors.joining("\n  ")));
        }
        return found.get(0);
    }
}
