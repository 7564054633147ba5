package dev.weft.instrument;

import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.model.Problem.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the diagnostics of one class. */
final class Report {
    private final Set<Lint> fatal;
    private final Suppressions suppressions;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** The problems and their lines, so that none is added twice. */
    private final Set<String> known = new HashSet<>();

    private String file = "";
    private String className = "";

    Report(Set<Lint> fatal, Suppressions suppressions) {
        this.fatal = fatal;
        this.suppressions = suppressions;
    }

    void about(ParsedClass parsed) {
        file = parsed.file();
        className = parsed.displayName();
    }

    /** Sets the class of the diagnostics by its internal name, which may be empty. */
    void about(String internalName) {
        className = internalName.replace('/', '.');
    }

    void add(List<Problem> problems) {
        for (Problem problem : problems) {
            Lint lint = lint(problem.rule());
            if (lint != null && suppressions.cover(lint, file, problem.line())) {
                continue;
            }
            // javac copies finally blocks, and field initialisers into each constructor.
            if (problem.line() == 0 || isNew(problem)) {
                diagnostics.add(
                        new Diagnostic(
                                lint == null || fatal.contains(lint)
                                        ? Severity.ERROR
                                        : Severity.WARNING,
                                lint,
                                file,
                                problem.line(),
                                className,
                                problem.method(),
                                problem.message()));
            }
        }
    }

    private boolean isNew(Problem problem) {
        return known.add(
                problem.line()
                        + problem.rule().name()
                        + '\n'
                        + problem.method()
                        + '\n'
                        + problem.message());
    }

    /** Refuses the class as a whole. */
    void refuse(String message) {
        add(List.of(new Problem(Rule.REFUSED, 0, "", message)));
    }

    private static @Nullable Lint lint(Rule rule) {
        return switch (rule) {
            case REFUSED -> null;
            case DROPPED_COROUTINE -> Lint.DROPPED_COROUTINE;
            case BLOCKING_CALL -> Lint.BLOCKING_CALL;
            case UNCAUGHT_COROUTINE -> Lint.UNCAUGHT_COROUTINE;
            case HUGE_METHOD -> Lint.HUGE_METHOD;
        };
    }

    boolean hasErrors() {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    /** Returns the result for an input that stays unchanged. */
    Compiled refusal() {
        return new Compiled(List.of(), diagnostics);
    }

    Compiled success(List<ClassFile> classes) {
        return new Compiled(classes, diagnostics);
    }
}
