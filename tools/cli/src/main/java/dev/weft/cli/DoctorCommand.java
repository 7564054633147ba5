package dev.weft.cli;

import dev.weft.cli.doctor.Complaint;
import dev.weft.cli.doctor.Doctor;
import dev.weft.cli.doctor.Machine;
import dev.weft.cli.run.ClassPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds mistakes in the set-up of a project and of this machine. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Finds mistakes in a project's use of Weft, each with its place, reason and fix.",
            "Reads pom.xml or build.gradle(.kts), the compiled classes, the class path that -cp names,"
                    + " and the Java that runs this command. Runs no build and changes nothing."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing was found",
            "1:something was found",
            "2:wrong use: an option, a missing folder, a build file that cannot be read"
        },
        footer = {
            "",
            "Examples:",
            "  weft doctor",
            "  weft doctor shop -cp \"$(cat shop/target/class-path.txt)\""
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder of the project. Default: this folder.")
    private Path folder = Path.of("");

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description =
                    "The class path of the running program. Default: the jars in"
                            + " target/dependency, target/lib and lib.")
    private String classPath = "";

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw CommandException.wrongUse(folder + " is no folder");
        }
        List<Path> roots = ClassPath.parse(classPath).entries();
        PrintWriter out = spec.commandLine().getOut();
        List<Complaint> found = examine(roots);
        found.forEach(complaint -> out.println(complaint.text()));
        out.println(summary(found.size()));
        out.flush();
        return found.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private List<Complaint> examine(List<Path> roots) {
        try {
            return Doctor.examine(folder, roots, Machine.thisOne());
        } catch (IOException e) {
            throw CommandException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static String summary(int found) {
        return found == 0
                ? "Nothing wrong was found"
                : "Found " + found + (found == 1 ? " problem" : " problems");
    }
}
