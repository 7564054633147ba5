package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Target;
import dev.weft.cli.live.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the tasks of a program. */
@Command(
        name = "tree",
        description = {
            "Shows the tasks of a program as a tree: what each waits for and where, groups, deadlocks.",
            "A loop that does not answer is shown first, with the stack of its thread."
        },
        footer = {
            "",
            "Examples:",
            "  weft tree 4711",
            "  weft tree 4711 --json > tasks.json",
            "  weft tree 4711 --watch"
        })
final class TreeCommand extends ProgramCommand {
    private static final long PERIOD_MILLIS = 1_000;

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
    void check() {
        if (limit < 0) {
            throw CommandException.wrongUse("--limit must not be negative: " + limit);
        }
        loop.check();
    }

    @Override
    void run(Target target) {
        Choice choice = loop.choice();
        if (isWatch) {
            new Watch(out(), PERIOD_MILLIS, rows -> text(target, choice)).run();
        } else {
            out().print(text(target, choice));
        }
    }

    private String text(Target target, Choice choice) {
        return isJson
                ? target.json(choice, limit)
                : target.ask(choice, "tree", Integer.toString(limit));
    }
}
