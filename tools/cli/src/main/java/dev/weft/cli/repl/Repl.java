package dev.weft.cli.repl;

import dev.weft.cli.CommandException;
import dev.weft.cli.run.ClassPath;
import dev.weft.cli.run.ProgramLoader;
import dev.weft.cli.text.Terminal;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.prefs.Preferences;
import jdk.jshell.tool.JavaShellToolBuilder;

/** Starts JShell's tool with snippets that run on a loop. */
public final class Repl {

    private static final String STARTUP =
            """
            import dev.weft.*;
            import dev.weft.resilience.*;
            import dev.weft.stream.*;
            import dev.weft.sync.*;
            import java.time.Duration;
            import static dev.weft.Weft.*;
            """;

    private Repl() {}

    /**
     * Runs until {@code /exit} or the end of the input, and then ends all tasks.
     *
     * @param files files with snippets, which run first
     * @return the exit status that {@code /exit} was given
     */
    public static int run(ClassPath classPath, List<String> files) {
        StandardInput.requireOpen();
        try {
            Path startup = Files.createTempFile("weft-", ".jsh");
            try {
                Files.writeString(startup, STARTUP);
                return run(classPath, startup, files);
            } finally {
                Files.deleteIfExists(startup);
            }
        } catch (IOException e) {
            throw CommandException.failed("cannot write a temporary file: " + e);
        }
    }

    private static int run(ClassPath classPath, Path startup, List<String> files) {
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        Engine.use(
                () ->
                        new SnippetLoader(
                                compiler, new ProgramLoader(classPath, compiler), System.out));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--class-path", classPath.withRuntime()));
        arguments.addAll(List.of("--startup", "DEFAULT", "--startup", startup.toString()));
        arguments.addAll(List.of("--execution", Engine.NAME));
        arguments.addAll(files);
        JavaShellToolBuilder tool = JavaShellToolBuilder.builder();
        if (Terminal.isPresent()) {
            tool.persistence(Preferences.userRoot().node("dev/weft/repl"));
        } else {
            tool.persistence(new HashMap<>());
        }
        return start(tool, arguments);
    }

    @SuppressWarnings("CatchingUnchecked") // start declares Exception
    private static int start(JavaShellToolBuilder tool, List<String> arguments) {
        try {
            return tool.start(arguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw CommandException.failed("JShell failed: " + e);
        }
    }
}
