package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.FoundTask;
import dev.weft.cli.live.Target;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels a task of a program. */
@Command(
        name = "cancel",
        description = {
            "Requests the cancellation of a task of a program.",
            "The task gets a CancelledError with the message at its await. Code that shields or catches goes on."
        },
        footer = {
            "",
            "Examples:",
            "  weft cancel 4711 12",
            "  weft cancel 4711 saver --message 'hangs since noon'"
        })
final class CancelCommand extends ProgramCommand {

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
    void check() {
        loop.check();
    }

    @Override
    void run(Target target) {
        FoundTask found = only(target.find(loop.choice(), task));
        String answer = target.ask(Choice.parse(found.loop()), "cancel", found.number(), message);
        out().print(found.text() + ": " + answer);
    }

    private FoundTask only(List<FoundTask> found) {
        if (found.isEmpty()) {
            throw FoundTask.none(pid(), task);
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
