package dev.weft.cli;

import dev.weft.cli.live.Target;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that looks into a running program. The exit statuses are those of all of them. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the command has done its work",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        })
abstract class ProgramCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The number of the process.")
    private long pid;

    final long pid() {
        return pid;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Override
    public final Integer call() throws Exception {
        check();
        try (Target target = Target.open(pid)) {
            run(target);
        }
        out().flush();
        return ExitStatus.OK;
    }

    /**
     * Checks the options, before the program is touched.
     *
     * @throws CommandException if an option is wrong
     */
    void check() {}

    /** Does the work of the command. */
    abstract void run(Target target) throws Exception;
}
