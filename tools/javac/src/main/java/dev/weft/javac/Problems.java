package dev.weft.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.Trees;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.SourceSuppressions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * The problems of a compilation, which are printed together as messages of javac, in the order of
 * the sources.
 */
final class Problems {

    private static final Comparator<Problem> AS_IN_THE_SOURCE =
            Comparator.<Problem, String>comparing(problem -> problem.diagnostic().file())
                    .thenComparingInt(problem -> problem.diagnostic().line());

    private final Trees trees;
    private final ProcessingEnvironment environment;
    private final List<Problem> problems = new ArrayList<>();
    private boolean hasErrors;

    private @Nullable JavaFileObject suppressedIn;
    private Suppressions suppressions = Suppressions.NONE;

    private record Problem(CompilationUnitTree unit, TypeElement type, Diagnostic diagnostic) {}

    Problems(Trees trees, ProcessingEnvironment environment) {
        this.trees = trees;
        this.environment = environment;
    }

    /** Returns the suppressions in a source file. Classes come by source file. */
    Suppressions suppressions(@Nullable JavaFileObject source) {
        if (source != null && source != suppressedIn) {
            suppressedIn = source;
            suppressions = SourceSuppressions.ofText(() -> text(source));
        }
        return source == null ? Suppressions.NONE : suppressions;
    }

    private static @Nullable String text(JavaFileObject source) {
        try {
            return source.getCharContent(true).toString();
        } catch (IOException unreadable) {
            return null; // the warning is shown
        }
    }

    void add(TaskEvent event, TypeElement type, Diagnostic diagnostic) {
        hasErrors |= diagnostic.severity() == Severity.ERROR;
        problems.add(new Problem(event.getCompilationUnit(), type, diagnostic));
    }

    /** Returns whether an error was added, printed or not. */
    boolean hasErrors() {
        return hasErrors;
    }

    /** Prints the problems that are not printed yet. */
    void print() {
        problems.sort(AS_IN_THE_SOURCE);
        SourceTrees source = null;
        for (Problem problem : problems) {
            if (source == null || source.unit() != problem.unit()) {
                source = SourceTrees.parse(problem.unit(), environment);
            }
            print(problem, source.at(problem.diagnostic()));
        }
        problems.clear();
    }

    private void print(Problem problem, @Nullable Tree place) {
        Diagnostic diagnostic = problem.diagnostic();
        Lint lint = diagnostic.lint();
        Kind kind = diagnostic.severity() == Severity.ERROR ? Kind.ERROR : Kind.WARNING;
        String message =
                diagnostic.message()
                        + (lint == null ? "" : " [" + Lint.PREFIX + lint.label() + "]");
        if (place == null) {
            environment.getMessager().printMessage(kind, message, problem.type());
        } else {
            trees.printMessage(kind, message, place, problem.unit());
        }
    }
}
