package dev.weft.cli;

import dev.weft.cli.live.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a task of a program. */
@Command(
        name = "stack",
        description = {
            "Shows one task of a program, with all awaits at which it is suspended.",
            "If the loop is stuck, the stack of its thread comes first."
        },
        footer = {"", "Examples:", "  weft stack 4711 12", "  weft stack 4711 saver"})
final class StackCommand extends ProgramCommand {

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            description = "The number of the task, or its name.")
    private String task = "";

    @Mixin private final LoopOption loop = new LoopOption();

    @Override
    void check() {
        loop.check();
    }

    @Override
    void run(Target target) {
        out().print(target.stack(loop.choice(), task));
    }
}
