package dev.weft.javac;

import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;

/**
 * Compiles each class as soon as javac has written it. The class file of a refused class is
 * deleted, as javac deletes those that it cannot complete: a build tool would otherwise find the
 * class up to date the next time.
 */
final class WrittenClasses implements TaskListener {

    private final AsyncCompiler compiler;
    private final RootTypes types;
    private final Problems problems;
    private final Outputs outputs;

    /** The internal names of the frame classes of this compilation. */
    private final Set<String> frames = new HashSet<>();

    WrittenClasses(Settings settings, RootTypes types, Problems problems, Outputs outputs) {
        this.compiler = new AsyncCompiler(settings.options());
        this.types = types;
        this.problems = problems;
        this.outputs = outputs;
    }

    @Override
    public void finished(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        if (event.getKind() == TaskEvent.Kind.GENERATE && type != null) {
            if (!(type.getEnclosingElement() instanceof ModuleElement)) {
                written(event, type);
            }
            types.written(type.getQualifiedName().toString());
            if (types.allWritten()) {
                problems.print();
            }
        } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
            problems.print(); // javac has stopped at errors of its own
        }
    }

    private void written(TaskEvent event, TypeElement type) {
        try {
            ClassOutput output = outputs.of(type, event.getSourceFile());
            byte[] bytes = output.read();
            if (bytes != null) {
                compile(new WrittenClass(event, type, output), bytes);
            } else if (!problems.hasErrors()) {
                refuse(event, type, OtherCompilers.unreachable(output.className()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            refuse(event, type, "weft-javac cannot compile the class file of " + type + ": " + e);
        }
    }

    private record WrittenClass(TaskEvent event, TypeElement type, ClassOutput output) {}

    private void compile(WrittenClass written, byte[] bytes) throws IOException {
        ClassOutput output = written.output();
        if (frames.contains(output.className().replace('.', '/'))) {
            refuse(written.event(), written.type(), taken(output.className()));
            return;
        }
        Compiled compiled =
                compiler.compile(bytes, problems.suppressions(written.event().getSourceFile()));
        boolean refused = false;
        for (Diagnostic diagnostic : compiled.diagnostics()) {
            problems.add(written.event(), written.type(), diagnostic);
            refused |= diagnostic.severity() == Severity.ERROR;
        }
        if (refused) {
            output.delete();
            return;
        }
        store(written, bytes, compiled.classes());
    }

    private void store(WrittenClass written, byte[] bytes, List<ClassFile> classes)
            throws IOException {
        ClassOutput output = written.output();
        for (ClassFile frame : classes.isEmpty() ? classes : classes.subList(1, classes.size())) {
            if (output.isTaken(frame.name())) {
                refuse(written.event(), written.type(), taken(frame.name().replace('/', '.')));
                return;
            }
            frames.add(frame.name());
        }
        output.store(bytes, classes);
    }

    private static String taken(String frameClass) {
        return "Weft needs the name "
                + frameClass
                + " for a class of its own, and another class has it: rename that class";
    }

    private void refuse(TaskEvent event, TypeElement type, String message) {
        problems.add(
                event,
                type,
                new Diagnostic(
                        Severity.ERROR,
                        null,
                        "",
                        0,
                        type.getQualifiedName().toString(),
                        "",
                        message));
    }
}
