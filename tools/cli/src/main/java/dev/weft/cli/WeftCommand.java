package dev.weft.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code weft}. Does nothing without a subcommand. */
@Command(
        name = "weft",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Compiles and runs async code: @Async methods, and await in them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CompileCommand.class,
            ReplCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            PsCommand.class,
            TreeCommand.class,
            TraceCommand.class,
            StackCommand.class,
            CancelCommand.class,
            TopCommand.class,
            WebCommand.class,
            CompletionCommand.class,
            HelpCommand.class,
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the command has done its work",
            "1:the code was refused, or failed; a program cannot be asked",
            "2:wrong use: an option, a missing file, an unsuitable Java"
        },
        footer = {
            "",
            "Examples:",
            "  weft run Prices.java        compile a file in memory, and run its main",
            "  weft compile target/classes compile the classes of a folder, in place",
            "  weft repl                   a prompt that knows await",
            "  weft tree 4711              the tasks of a program that runs",
            "  weft help run               the options of a command"
        })
final class WeftCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
