package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Target;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a task of a program. */
@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows one task of a program, with all awaits at which it is suspended.",
            "If the loop is stuck, the stack of its thread comes first."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the task was printed",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {"", "Examples:", "  weft stack 4711 12", "  weft stack 4711 saver"})
final class StackCommand implements Callable<Integer> {

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

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Choice choice = loop.choice();
        try (Target target = Target.open(pid)) {
            out.print(target.stack(choice, task));
        }
        out.flush();
        return ExitStatus.OK;
    }
}
