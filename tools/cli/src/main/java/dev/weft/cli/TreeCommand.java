package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Target;
import dev.weft.cli.live.Watch;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the tasks of a program. */
@Command(
        name = "tree",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the tasks of a program as a tree: what each waits for and where, groups, deadlocks.",
            "A loop that does not answer is shown first, with the stack of its thread."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the tree was printed",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {
            "",
            "Examples:",
            "  weft tree 4711",
            "  weft tree 4711 --json > tasks.json",
            "  weft tree 4711 --watch"
        })
final class TreeCommand implements Callable<Integer> {
    private static final long PERIOD_MILLIS = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of the process.")
    private long pid;

    @Mixin private final LoopOption loop = new LoopOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "The tasks of a loop that are shown one by one, the oldest first, up to 10000."
                            + " All tasks are counted. Default: ${DEFAULT-VALUE}.")
    private int limit = 200;

    @Option(names = "--json", description = "Print an array of JSON, an object for each loop.")
    private boolean isJson;

    @Option(
            names = "--watch",
            description = "Print again every second, until q or Ctrl-C or the end of the program.")
    private boolean isWatch;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw CommandException.wrongUse("--limit must not be negative: " + limit);
        }
        Choice choice = loop.choice();
        PrintWriter out = spec.commandLine().getOut();
        try (Target target = Target.open(pid)) {
            if (isWatch) {
                new Watch(out, PERIOD_MILLIS, rows -> text(target, choice)).run();
            } else {
                out.print(text(target, choice));
            }
        }
        out.flush();
        return ExitStatus.OK;
    }

    private String text(Target target, Choice choice) {
        return isJson
                ? target.json(choice, limit)
                : target.ask(choice, "tree", Integer.toString(limit));
    }
}
