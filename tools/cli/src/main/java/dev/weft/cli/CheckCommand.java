package dev.weft.cli;

import dev.weft.cli.text.Reason;
import dev.weft.instrument.folder.CheckOutcome;
import dev.weft.instrument.folder.TreeCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fails where async code of finished folders and jars is not compiled. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Fails if async code of a folder or jar is not compiled, and lists the places.",
            "Also finds classes of different versions of Weft, and missing or stale frame classes."
                    + " Jars inside of jars are checked too. Changes nothing."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all async code is compiled",
            "1:something would fail at run time",
            "2:wrong use: an option, a missing file"
        },
        footer = {
            "",
            "Examples:",
            "  weft check target/classes target/test-classes",
            "  weft check target/app.jar"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|JAR",
            description = "Folders of classes, and jars.")
    private List<Path> roots = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "DIR",
            description = "A folder of source files, to print their full paths. Repeatable.")
    private List<Path> sources = new ArrayList<>();

    @Override
    public Integer call() {
        CheckOutcome outcome = check();
        PrintWriter out = spec.commandLine().getOut();
        outcome.warnings().forEach(warning -> out.println("Warning: " + warning));
        outcome.places(sources).forEach(out::println);
        outcome.fixes().forEach(out::println);
        out.println(outcome.summary());
        out.flush();
        return outcome.isClean() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private CheckOutcome check() {
        try {
            return TreeCheck.of(roots);
        } catch (NoSuchFileException missing) {
            throw CommandException.wrongUse(missing.getMessage() + " does not exist");
        } catch (FileSystemException unreadable) {
            throw CommandException.wrongUse("cannot read the classes: " + Reason.of(unreadable));
        } catch (IOException failure) {
            throw CommandException.wrongUse(String.valueOf(failure.getMessage()));
        }
    }
}
