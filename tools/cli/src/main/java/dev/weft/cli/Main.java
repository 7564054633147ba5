package dev.weft.cli;

import static java.util.Objects.requireNonNull;

import dev.weft.cli.run.Program;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of {@code weft}. */
public final class Main {
    private Main() {}

    /**
     * Runs the command. The JVM ends with its status. A program starts here, outside of the code
     * that reads the command line: its exception ends the main thread as in any program, and its
     * other threads keep the JVM alive.
     */
    public static void main(String[] args) throws Throwable {
        CommandLine line = commandLine();
        int status = line.execute(args);
        ParseResult command = line.getParseResult().subcommand();
        if (status == ExitStatus.OK
                && command != null
                && command.commandSpec().commandLine().getExecutionResult()
                        instanceof Program program) {
            program.start();
        } else {
            System.exit(status);
        }
    }

    /** Creates the command line, which prints failures as messages. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new WeftCommand());
        requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        return line.setExpandAtFiles(false)
                .setParameterExceptionHandler(Main::wrongUse)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(failure, command));
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandException expected) {
            print(command, expected.getMessage());
            return expected.status();
        }
        throw failure;
    }

    private static int wrongUse(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        print(command, failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitStatus.WRONG_USE;
    }

    private static void print(CommandLine command, @Nullable String message) {
        command.getErr().println("weft: " + message);
        command.getErr().flush();
    }
}
