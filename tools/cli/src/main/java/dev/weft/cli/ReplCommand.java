package dev.weft.cli;

import dev.weft.cli.repl.Repl;
import dev.weft.cli.run.ClassPath;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a prompt that knows {@code await}. */
@Command(
        name = "repl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Starts JShell with Weft on the class path and imported.",
            "await(...) works at the prompt, and @Async methods are compiled. All snippets run on one"
                    + " loop: tasks continue while you type. Ctrl-C cancels an await. /exit ends all"
                    + " tasks."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the prompt was left",
            "1:a file with snippets cannot be read",
            "2:wrong use: an option, a Java without JShell",
            "other:that of /exit"
        },
        footer = {
            "",
            "Examples:",
            "  weft repl",
            "  weft repl -cp target/classes",
            "  echo 'System.out.println(await(sleep(Duration.ofSeconds(1), 42)))' | weft repl -"
        })
final class ReplCommand implements Callable<Integer> {

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Folders and jars of classes; lib/* is every jar in a folder.")
    private String classPath = "";

    @Parameters(
            paramLabel = "FILE",
            description = "Files with snippets, which run first; - is the standard input.")
    private List<String> files = List.of();

    @Override
    public Integer call() {
        if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
            throw CommandException.wrongUse(
                    "this Java has no JShell ("
                            + System.getProperty("java.home")
                            + "): use a JDK, and set JAVA_HOME to it");
        }
        return Repl.run(ClassPath.parse(classPath), files);
    }
}
