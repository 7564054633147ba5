package dev.weft.cli;

import static java.util.Objects.requireNonNull;

import dev.weft.cli.run.ClassPath;
import dev.weft.cli.text.Reason;
import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.Format;
import dev.weft.instrument.folder.ClassReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the states of async methods. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows how async methods are compiled: their states, the line and call of each await, the"
                    + " values that each await saves and the lines that use them, sizes before and"
                    + " after, and the limits of HotSpot.",
            "A class that is compiled already is compiled again from its source, in memory. If there"
                    + " is no source, lines, calls and sizes are shown."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:something is explained",
            "1:the class has no async code, or its code is refused",
            "2:wrong use: an option, a class that is not found"
        },
        footer = {
            "",
            "Examples:",
            "  weft explain com.acme.Prices -cp target/classes",
            "  weft explain com.acme.Prices.total -cp target/classes:lib/shop.jar --mermaid",
            "  weft explain com.acme.Prices -cp target/classes --html -o prices.html"
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "CLASS[.METHOD]", description = "The class, or one of its methods.")
    private String name = "";

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description =
                    "Folders and jars. Default: target/classes, target/test-classes, and the"
                            + " folder itself.")
    private String classPath =
            String.join(File.pathSeparator, "target/classes", "target/test-classes", ".");

    @Option(
            names = "--source",
            paramLabel = "DIR",
            description =
                    "A folder of source files. Repeatable. Default: src/main/java, src/test/java"
                            + " and the folder itself.")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write. Default: standard output.")
    private @Nullable Path output;

    @ArgGroup private Choice choice = new Choice();

    /** The options for the format, of which only one may be given. */
    static final class Choice {
        @Option(names = "--text", description = "Plain text, the default.")
        private boolean text;

        @Option(names = "--mermaid", description = "A state diagram of Mermaid.")
        private boolean mermaid;

        @Option(names = "--dot", description = "A graph for Graphviz.")
        private boolean dot;

        @Option(names = "--html", description = "A page with a picture, in one file.")
        private boolean html;

        private Format format() {
            if (text) {
                return Format.TEXT;
            }
            return mermaid ? Format.MERMAID : dot ? Format.DOT : html ? Format.HTML : Format.TEXT;
        }
    }

    @Override
    public Integer call() {
        ClassReport report = report();
        write(report.render(choice.format()));
        if (report.explanation().detail() != Detail.FULL && choice.format() != Format.TEXT) {
            spec.commandLine().getErr().println("weft: " + report.explanation().note());
        }
        spec.commandLine().getErr().flush();
        return report.explanation().detail() == Detail.NONE ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private ClassReport report() {
        ClassPath path = ClassPath.parse(classPath);
        List<Path> roots = new ArrayList<>(path.entries());
        roots.addAll(path.missing());
        List<Path> folders =
                sources.isEmpty()
                        ? List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of(""))
                        : sources;
        try {
            return ClassReport.of(name, roots, folders);
        } catch (IllegalArgumentException unknown) {
            throw CommandException.wrongUse(String.valueOf(unknown.getMessage()));
        } catch (UncheckedIOException unreadable) {
            throw CommandException.wrongUse(
                    "cannot read the class path: "
                            + Reason.of(requireNonNull(unreadable.getCause())));
        }
    }

    private void write(String text) {
        Path file = output;
        if (file == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Reason.of(e));
        }
    }
}
