package dev.weft.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of {@code weft}. */
public final class Main {
    private Main() {}

    /** Runs the command. The JVM ends with its status, after the last thread of a program. */
    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != ExitStatus.OK) {
            System.exit(status);
        }
    }

    /** Creates the command line, which prints failures as messages. */
    static CommandLine commandLine() {
        return new CommandLine(new WeftCommand())
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
