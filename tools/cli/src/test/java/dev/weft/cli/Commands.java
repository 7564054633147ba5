package dev.weft.cli;

import dev.weft.cli.run.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The result of a command in this JVM.
 *
 * @param result that of the command itself, such as a {@link Program}
 */
record Commands(int status, String out, String err, Object result) {

    /** Runs a command. A program is not started. */
    static Commands weft(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .setColorScheme(
                                CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int status = line.execute(texts);
        ParseResult command = line.getParseResult().subcommand();
        Object result =
                command == null ? null : command.commandSpec().commandLine().getExecutionResult();
        return new Commands(status, out.toString(), err.toString(), result);
    }

    Program program() {
        return (Program) result;
    }
}
