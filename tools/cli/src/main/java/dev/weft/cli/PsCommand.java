package dev.weft.cli;

import dev.weft.cli.live.Jvms;
import dev.weft.cli.live.Target;
import dev.weft.internal.report.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists programs with event loops, and the loops of a program. */
@Command(
        name = "ps",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists the running programs of this user that have used Weft, or the loops of one.",
            "Without PID, nothing is changed in any program. Arguments of programs are not shown."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the list was printed",
            "1:the process, loop or task does not exist, or cannot be asked",
            "2:wrong use: an option, a Java without the module jdk.attach"
        },
        footer = {"", "Examples:", "  weft ps", "  weft ps 4711"})
final class PsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PID",
            description = "The number of a process, whose loops are listed.")
    private @Nullable Long pid;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (pid == null) {
            programs(out);
        } else {
            try (Target target = Target.open(pid)) {
                out.print(target.loops());
            }
        }
        out.flush();
        return ExitStatus.OK;
    }

    private void programs(PrintWriter out) {
        List<Long> silent = new ArrayList<>();
        List<Jvms.Found> found = Jvms.all(silent);
        for (long process : silent) {
            spec.commandLine()
                    .getErr()
                    .println("weft: process " + process + " does not answer, and is left out");
        }
        spec.commandLine().getErr().flush();
        if (found.isEmpty()) {
            out.println("no program of this user has an event loop of Weft");
            return;
        }
        out.printf("%8s  %-10s  %-9s  %s%n", "PID", "JAVA", "MONITORED", "MAIN");
        for (Jvms.Found program : found) {
            out.printf(
                    "%8d  %-10s  %-9s  %s%n",
                    program.pid(),
                    Printable.of(program.java()),
                    program.isMonitored() ? "yes" : "no",
                    program.main());
        }
    }
}
