package dev.weft.cli;

import dev.weft.cli.run.ClassPath;
import dev.weft.cli.run.Program;
import dev.weft.cli.run.Programs;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles a program in memory. The result is the program, which {@link Main} starts. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compiles a program in memory and runs its main.",
            "The runtime of Weft is on the class path. Nothing is written to the disk.",
            "A main may be async: @Async static Coroutine<Void> main(String[] args)."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the program has ended",
            "1:the code was refused, or the main of the program has thrown an exception",
            "2:wrong use: an option, a missing file or class, a Java without a compiler",
            "other:that of System.exit in the program"
        },
        footer = {
            "",
            "Environment:",
            "  WEFT_OPTS   options for the JVM, such as -Xmx4g",
            "  CLASSPATH   the class path if -cp is absent",
            "",
            "Examples:",
            "  weft run Prices.java GOOG APPL",
            "  weft run -cp 'lib/*' Prices.java",
            "  weft run -cp target/classes com.acme.Main",
            "  weft run app.jar"
        })
final class RunCommand implements Callable<Program> {

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Folders and jars with the classes of the program; lib/* is every jar.")
    private @Nullable String classPath;

    @Option(
            names = "--debug",
            description = "Saves every variable in scope at an await, for a debugger.")
    private boolean debug;

    @Option(
            names = "-D",
            paramLabel = "NAME=VALUE",
            mapFallbackValue = "",
            description = "A system property.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Parameters(
            index = "0",
            paramLabel = "PROGRAM",
            description = "A source file, a jar, or the name of a class.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or fails
    private String program;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "For the program.")
    private List<String> arguments = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Program call() {
        properties.forEach(System::setProperty);
        Path file = Path.of(program);
        if (program.endsWith(".jar")) {
            return programs(new ClassPath(List.of(file), List.of()))
                    .fromClass(Programs.mainClass(file), arguments);
        }
        if (program.endsWith(".java") || Files.isRegularFile(file)) {
            if (!Files.isRegularFile(file)) {
                throw CommandException.wrongUse("there is no file " + program);
            }
            return programs(ClassPath.parse(given(""))).fromSource(file, arguments);
        }
        return programs(ClassPath.parse(given("."))).fromClass(program, arguments);
    }

    private String given(String otherwise) {
        String environment = System.getenv("CLASSPATH");
        if (classPath != null) {
            return classPath;
        }
        return environment == null || environment.isEmpty() ? otherwise : environment;
    }

    private Programs programs(ClassPath path) {
        return new Programs(
                path, new AsyncCompiler(new Options(debug, Set.of())), spec.commandLine().getErr());
    }
}
