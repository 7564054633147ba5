package dev.weft.instrument.random;

import static java.util.stream.Collectors.partitioningBy;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.BothWays.Case;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs generated programs both ways with the class files of one compiler. */
final class Trial {
    private static final String CLASS = "Generated";
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    private final Toolchain toolchain;
    private final Map<String, byte[]> steps;

    Trial(Toolchain toolchain) {
        this.toolchain = toolchain;
        this.steps =
                toolchain.compile(
                        SourceText.folder("targets").stream()
                                .filter(source -> source.path().equals("Steps.java"))
                                .toList());
    }

    /** Runs the programs of the seeds; the first that fails is made smaller and thrown. */
    void run(long fromSeed, long toSeed) {
        List<Program> programs = LongStream.range(fromSeed, toSeed).mapToObj(Program::of).toList();
        if (toolchain.isJavac()) {
            run(programs);
            return;
        }
        Map<Boolean, List<Program>> javacOnly =
                programs.stream().collect(partitioningBy(Program::javacOnly));
        run(javacOnly.get(false));
        new Trial(Toolchain.JAVAC).run(javacOnly.get(true));
    }

    private void run(List<Program> programs) {
        try {
            play(programs);
        } catch (AssertionError | RuntimeException failure) {
            if (isCrashOfEcj(failure) || isTooLarge(failure)) {
                runAround(programs);
                return;
            }
            if (isRefusedByJava(failure)) {
                throw failure;
            }
            for (Program program : programs) {
                if (fails(program)) {
                    throw report(smaller(program));
                }
            }
            throw failure;
        }
    }

    /**
     * Compiles by halves, so that only a program that crashes ECJ, or is beyond 64 KiB, falls back
     * to javac. A program that is still too large is left out.
     */
    private void runAround(List<Program> programs) {
        if (programs.size() == 1) {
            if (toolchain != Toolchain.JAVAC) {
                new Trial(Toolchain.JAVAC).run(programs);
            }
        } else {
            int middle = programs.size() / 2;
            run(programs.subList(0, middle));
            run(programs.subList(middle, programs.size()));
        }
    }

    private void play(List<Program> programs) {
        Map<String, byte[]> classes = compile(programs);
        play(programs, new BothWays(classes));
        play(programs, new BothWays(classes, Options.defaults().withoutDirectCalls()));
        play(programs, new BothWays(classes, Options.defaults().withCoverage(true)));
    }

    private static void play(List<Program> programs, BothWays both) {
        for (Diagnostic diagnostic : both.diagnostics()) {
            if (diagnostic.severity() == Severity.ERROR) {
                throw new AssertionError("the compiler refuses: " + diagnostic);
            }
        }
        List<String> problems = Verification.problems(both.woven(), both.compiledLoader());
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
        for (Program program : programs) {
            both.playFew(new Case("targets." + CLASS, "p" + program.seed()));
        }
    }

    private Map<String, byte[]> compile(List<Program> programs) {
        Map<String, byte[]> classes = new TreeMap<>(steps);
        List<SourceText> sources = new ArrayList<>();
        SourceText.folder("targets").stream()
                .filter(source -> source.path().equals("Steps.java"))
                .forEach(sources::add);
        sources.add(Program.source(CLASS, programs));
        classes.putAll(toolchain.compile(sources));
        return classes;
    }

    private boolean fails(Program program) {
        try {
            play(List.of(program));
            return false;
        } catch (AssertionError | RuntimeException failure) {
            return !isRefusedByJava(failure);
        }
    }

    /** ECJ fails to compile about one program in a thousand. */
    private static boolean isCrashOfEcj(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Internal compiler error");
    }

    /**
     * Compilers copy a finally, and the close of a resource, to each exit of the try, so that its
     * size doubles with each level.
     */
    private static boolean isTooLarge(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains(" is too large: ") || message.contains("error: code too large");
    }

    private static boolean isRefusedByJava(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("refuses a source");
    }

    /** The same failure in less text: greedily, until nothing can go or the time is over. */
    private Program smaller(Program program) {
        long end = System.nanoTime() + SHRINKING.toNanos();
        Program smallest = program;
        for (Program next = program; next != null; next = firstFailing(smallest, end)) {
            smallest = next;
        }
        return smallest;
    }

    private @Nullable Program firstFailing(Program program, long end) {
        for (Program next : (Iterable<Program>) program.reductions()::iterator) {
            if (System.nanoTime() - end > 0) {
                return null;
            }
            if (fails(next)) {
                return next;
            }
        }
        return null;
    }

    private AssertionError report(Program program) {
        String text = Program.source(CLASS, List.of(program)).text();
        try {
            play(List.of(program));
        } catch (AssertionError | RuntimeException failure) {
            return new AssertionError(
                    "program " + program.seed() + " from " + toolchain + ":\n" + text + failure,
                    failure);
        }
        return new AssertionError(
                "program " + program.seed() + " fails only now and then:\n" + text);
    }
}
