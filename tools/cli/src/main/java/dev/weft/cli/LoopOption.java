package dev.weft.cli;

import dev.weft.cli.live.Choice;
import picocli.CommandLine.Option;

/** The choice of a loop in a process. */
final class LoopOption {
    @Option(
            names = "--loop",
            paramLabel = "LOOP",
            description = "The loop, as weft ps PID names it. Default: all loops.")
    private String name = "";

    /**
     * Checks the name.
     *
     * @throws CommandException if the text names no loop
     */
    void check() {
        Choice unused = choice();
    }

    /** Returns the choice. */
    Choice choice() {
        return name.isEmpty() ? Choice.ALL : Choice.parse(name);
    }
}
