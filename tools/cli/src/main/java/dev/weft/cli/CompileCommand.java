package dev.weft.cli;

import dev.weft.cli.compile.Input;
import dev.weft.cli.compile.Progress;
import dev.weft.cli.compile.Sources;
import dev.weft.cli.text.JavacForm;
import dev.weft.cli.text.Terminal;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Options;
import dev.weft.instrument.folder.FatalLints;
import dev.weft.instrument.folder.Outcome;
import dev.weft.instrument.folder.SourceSuppressions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles folders and jars: all of them in memory first, so that an error changes nothing. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compiles the async methods of class files: in place, or to another folder.",
            "If there is an error, nothing is changed. Each jar is replaced as a whole."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all classes are compiled",
            "1:code was refused, or a file cannot be read or written",
            "2:wrong use: an option, a missing file"
        },
        footer = {
            "",
            "Examples:",
            "  weft compile target/classes",
            "  weft compile -d out build/classes app.jar",
            "  weft compile --fail-on all --sources src/main/java target/classes"
        })
final class CompileCommand implements Runnable {

    @Option(
            names = "-d",
            paramLabel = "FOLDER",
            description =
                    "Leaves the inputs alone. Copies the files of folders to FOLDER, compiled, and"
                            + " compiled jars.")
    private @Nullable Path target;

    @Option(
            names = "--debug",
            description = "Saves every variable in scope at an await, for a debugger.")
    private boolean debug;

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "WARNING",
            description =
                    "Warnings that are errors: dropped-coroutine, blocking-call,"
                            + " uncaught-coroutine, huge-method, or all.")
    private List<String> failOn = List.of();

    @Option(
            names = "--sources",
            paramLabel = "FOLDER",
            description = "Source folders: for messages with the line, and for @SuppressWarnings.")
    private List<Path> sources = List.of();

    @Parameters(arity = "1..*", paramLabel = "FOLDER|JAR", description = "The classes.")
    private List<Path> inputs = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        List<Input> all = inputs.stream().map(Input::at).toList();
        if (target != null) {
            Input.requireSeparate(all, target);
        }
        Map<Input, Outcome> outcomes = compile(all);
        long errors = outcomes.values().stream().mapToLong(Outcome::errors).sum();
        if (errors > 0) {
            throw CommandException.failed(
                    errors
                            + (errors == 1 ? " error" : " errors")
                            + ", listed above; no file was changed");
        }
        for (Map.Entry<Input, Outcome> each : outcomes.entrySet()) {
            each.getKey().publish(each.getValue(), target);
            spec.commandLine()
                    .getOut()
                    .println(each.getKey().path() + ": " + each.getValue().done());
        }
        spec.commandLine().getOut().flush();
    }

    private Map<Input, Outcome> compile(List<Input> all) {
        Map<Input, Outcome> outcomes = new LinkedHashMap<>();
        AsyncCompiler compiler = new AsyncCompiler(new Options(debug, fatal()));
        SourceSuppressions suppressions = new SourceSuppressions(sources);
        try (Progress progress =
                new Progress(spec.commandLine().getErr(), all.size(), Terminal.isPresent())) {
            for (Input input : all) {
                progress.begin(input);
                outcomes.put(input, input.compile(compiler, suppressions));
            }
        }
        JavacForm form = new JavacForm(new Sources(sources)::find);
        for (Outcome outcome : outcomes.values()) {
            spec.commandLine().getErr().print(form.of(outcome.diagnostics()));
        }
        return outcomes;
    }

    private Set<Lint> fatal() {
        try {
            return FatalLints.parse(failOn);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage()).replaceFirst("failOn", "--fail-on");
            throw new ParameterException(spec.commandLine(), message, e);
        }
    }
}
