package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Target;
import dev.weft.cli.live.Watch;
import dev.weft.cli.text.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the busiest tasks of a program. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the tasks of a program that ran most in the last second, refreshed each second.",
            "q or Ctrl-C ends. If the output is no terminal, one table is printed."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the table was shown",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {
            "",
            "Examples:",
            "  weft top 4711",
            "  weft top 4711 --loop 2 --rows 5 > busy.txt"
        })
final class TopCommand implements Callable<Integer> {
    private static final int PERIOD_MILLIS = 1_000;
    private static final int DEFAULT_ROWS = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of the process.")
    private long pid;

    @Mixin private final LoopOption loop = new LoopOption();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "The tasks of each loop. Default: as many as the terminal shows, or 20.")
    private int rows;

    @Override
    public Integer call() {
        if (rows < 0) {
            throw CommandException.wrongUse("--rows must not be negative: " + rows);
        }
        Choice choice = loop.choice();
        PrintWriter out = spec.commandLine().getOut();
        try (Target target = Target.open(pid)) {
            if (Terminal.isPresent()) { // the measurement is the pause
                new Watch(out, 0, height -> table(target, choice, height)).run();
            } else {
                out.print(table(target, choice, DEFAULT_ROWS));
            }
        }
        out.flush();
        return ExitStatus.OK;
    }

    private String table(Target target, Choice choice, int height) {
        int shown = rows > 0 ? rows : height;
        return target.ask(choice, "top", Integer.toString(PERIOD_MILLIS), Integer.toString(shown));
    }
}
