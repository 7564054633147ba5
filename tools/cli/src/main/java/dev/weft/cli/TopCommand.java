package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Target;
import dev.weft.cli.live.Watch;
import dev.weft.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the busiest tasks of a program. */
@Command(
        name = "top",
        description = {
            "Shows the tasks of a program that ran most in the last second, refreshed each second.",
            "q or Ctrl-C ends. If the output is no terminal, one table is printed."
        },
        footer = {
            "",
            "Examples:",
            "  weft top 4711",
            "  weft top 4711 --loop 2 --rows 5 > busy.txt"
        })
final class TopCommand extends ProgramCommand {
    private static final int PERIOD_MILLIS = 1_000;
    private static final int DEFAULT_ROWS = 20;

    @Mixin private final LoopOption loop = new LoopOption();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "The tasks of each loop. Default: as many as the terminal shows, or 20.")
    private int rows;

    @Override
    void check() {
        if (rows < 0) {
            throw CommandException.wrongUse("--rows must not be negative: " + rows);
        }
        loop.check();
    }

    @Override
    void run(Target target) {
        Choice choice = loop.choice();
        if (Terminal.isPresent()) { // the measurement is the pause
            new Watch(out(), 0, height -> table(target, choice, height)).run();
        } else {
            out().print(table(target, choice, DEFAULT_ROWS));
        }
    }

    private String table(Target target, Choice choice, int height) {
        int shown = rows > 0 ? rows : height;
        return target.ask(choice, "top", Integer.toString(PERIOD_MILLIS), Integer.toString(shown));
    }
}
