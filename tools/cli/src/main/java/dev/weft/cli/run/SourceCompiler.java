package dev.weft.cli.run;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.weft.cli.CommandException;
import dev.weft.instrument.ClassFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Runs javac in memory. Only this class needs the module jdk.compiler. */
final class SourceCompiler implements TaskListener {

    /**
     * No annotation processors, as for {@code java Prices.java}; names of variables for debuggers.
     */
    private static final List<String> OPTIONS = List.of("-proc:none", "-g");

    private @Nullable String firstClass;

    private SourceCompiler() {}

    /** The class files, and the name of the first class in the file, which has the main. */
    record Classes(@Nullable String first, List<ClassFile> files) {}

    /**
     * Compiles one file. Messages of javac go to {@code err}.
     *
     * @throws CommandException if there are errors
     */
    static Classes compile(SourceText source, ClassPath classPath, PrintWriter err) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<Path> path = new ArrayList<>(classPath.entries());
            path.add(RuntimePlace.find().path());
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
            MemoryFiles memory = new MemoryFiles(files);
            SourceCompiler compiler = new SourceCompiler();
            JavacTask task =
                    (JavacTask) javac.getTask(err, memory, null, OPTIONS, null, List.of(source));
            task.addTaskListener(compiler);
            boolean succeeded = task.call();
            err.flush();
            if (!succeeded) {
                throw CommandException.failed("compilation failed");
            }
            return new Classes(compiler.firstClass, memory.classes());
        } catch (IOException e) {
            throw CommandException.failed("cannot read the class path: " + e);
        }
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.PARSE && firstClass == null) {
            firstClass = firstClass(event.getCompilationUnit());
        }
    }

    private static @Nullable String firstClass(CompilationUnitTree unit) {
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                Tree packageName = unit.getPackageName();
                return (packageName == null ? "" : packageName + ".") + type.getSimpleName();
            }
        }
        return null;
    }
}
