package dev.weft.instrument;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.decide.BodyPlanner;
import dev.weft.instrument.decide.DirectCalls;
import dev.weft.instrument.decide.FrameNames;
import dev.weft.instrument.describe.MethodDescriber;
import dev.weft.instrument.diagnose.Refusals;
import dev.weft.instrument.diagnose.Sizes;
import dev.weft.instrument.diagnose.Warnings;
import dev.weft.instrument.explain.MethodStates;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.model.Problem.Rule;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.read.CodeSizes;
import dev.weft.instrument.read.Lowering;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.read.WeftTests;
import dev.weft.instrument.write.Assembler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The passes over one class: facts, refusals, plans, instructions, bytes. */
final class Pipeline {
    private static final byte[] NOTHING = {};

    /**
     * The class as it was written once.
     *
     * @param main its bytes; none if it is too large
     * @param large the bodies that are too large, or make the class so
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attempt(byte[] main, Collection<BodyPlan> large, List<Problem> problems) {}

    private final ParsedClass parsed;
    private final byte[] original;
    private final Options options;
    private final Report report;

    /** The method that is compiled now; null while the pass concerns the whole class. */
    private @Nullable MethodNode at;

    Pipeline(ParsedClass parsed, byte[] original, Options options, Report report) {
        this.parsed = parsed;
        this.original = original;
        this.options = options;
        this.report = report;
    }

    /**
     * The result of all passes but the last.
     *
     * @param main the bytes of the compiled class
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(List<MethodFacts> facts, List<BodyPlan> plans, byte[] main) {}

    Compiled run() {
        try {
            Written written = compile();
            return written == null ? report.refusal() : success(written);
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            report.refuse(failed(failure));
            return report.refusal();
        }
    }

    /** Describes the methods; returns none if there are errors. */
    List<MethodStates> describe() {
        try {
            Written written = compile();
            return written == null ? List.of() : described(written);
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            report.refuse(failed(failure));
            return List.of();
        }
    }

    private @Nullable Written compile() {
        Methods methods = new Methods(parsed.node());
        List<MethodNode> bodies = methods.bodies();
        report.add(Refusals.ofVersion(parsed, methods));
        if (report.hasErrors()) {
            return null;
        }
        report.add(Refusals.of(parsed, methods));
        List<MethodFacts> facts = new ArrayList<>();
        for (MethodNode body : bodies) {
            at = body;
            Lowering.lower(body, methods.calls(body));
            facts.add(MethodFacts.of(parsed.name(), new IndexedCode(body), options.debug()));
        }
        at = null;
        for (MethodFacts body : facts) {
            report.add(Refusals.ofBody(body));
        }
        report.add(Warnings.of(parsed, methods));
        for (MethodFacts body : facts) {
            report.add(Warnings.ofBody(body));
        }
        if (bodies.isEmpty() || report.hasErrors()) {
            return null;
        }
        FrameNames names = new FrameNames(parsed.node());
        List<String> frameClasses = new ArrayList<>();
        for (MethodNode body : bodies) {
            frameClasses.add(names.next(body));
        }
        return written(facts, frameClasses);
    }

    private List<BodyPlan> plans(
            List<MethodFacts> facts, List<String> frameClasses, DirectCalls calls, Shape shape) {
        List<BodyPlan> plans = new ArrayList<>();
        for (MethodFacts body : facts) {
            at = body.code().method();
            String frameClass = frameClasses.get(plans.size());
            plans.add(BodyPlanner.plan(home(body, shape), body, frameClass, calls));
        }
        at = null;
        return plans;
    }

    private BodyPlan.Home home(MethodFacts body, Shape shape) {
        String source = parsed.node().sourceFile;
        boolean isInterface = (parsed.node().access & Opcodes.ACC_INTERFACE) != 0;
        return new BodyPlan.Home(
                parsed.name(),
                isInterface,
                parsed.node().version,
                source == null ? "" : source,
                body.code().method(),
                body.code().firstLine(),
                WeftTests.isAsyncTest(parsed.node(), body.code().method()),
                shape,
                options.debug());
    }

    /**
     * Writes the class. The coverage shape takes more code. A class that is too large in this shape
     * is written in the fast one, whose sizes are also those that the problems are about.
     */
    private @Nullable Written written(List<MethodFacts> facts, List<String> frameClasses) {
        if (options.coverage()) {
            DirectCalls none = DirectCalls.none(parsed);
            List<BodyPlan> plans = plans(facts, frameClasses, none, Shape.COVERAGE);
            Attempt attempt = attempt(plans);
            if (attempt.large().isEmpty()) {
                return new Written(facts, plans, attempt.main());
            }
            if (attempt.main().length > 0) {
                List<BodyPlan> fast = plans(facts, frameClasses, none, Shape.FAST);
                report.add(attempt(fast).problems());
                return report.hasErrors() ? null : new Written(facts, plans, attempt.main());
            }
        }
        return writtenFast(facts, frameClasses);
    }

    /**
     * Writes the class in the fast shape. Direct calls take more code and constants than others.
     * Where that makes a body too large for HotSpot or for a class file, the class is written
     * again, and that body has none.
     */
    private @Nullable Written writtenFast(List<MethodFacts> facts, List<String> frameClasses) {
        Set<MethodNode> apart = new HashSet<>();
        while (true) {
            DirectCalls calls =
                    options.direct()
                            ? DirectCalls.of(parsed, facts, frameClasses, apart)
                            : DirectCalls.none(parsed);
            List<BodyPlan> plans = plans(facts, frameClasses, calls, Shape.FAST);
            Attempt attempt = attempt(plans);
            int before = apart.size();
            for (BodyPlan large : attempt.large()) {
                if (calls.concern(large.home().method())) {
                    apart.add(large.home().method());
                }
            }
            if (apart.size() == before) {
                report.add(attempt.problems());
                return report.hasErrors() ? null : new Written(facts, plans, attempt.main());
            }
        }
    }

    private List<MethodStates> described(Written written) {
        CodeSizes before = new CodeSizes(original);
        CodeSizes after = new CodeSizes(written.main());
        List<MethodStates> methods = new ArrayList<>();
        for (int i = 0; i < written.plans().size(); i++) {
            methods.add(
                    MethodDescriber.describe(
                            written.facts().get(i), written.plans().get(i), before, after));
        }
        return methods;
    }

    private Compiled success(Written written) {
        List<ClassFile> classes = new ArrayList<>();
        classes.add(new ClassFile(parsed.name(), written.main()));
        for (BodyPlan plan : written.plans()) {
            byte[] frames = Assembler.assembleFrameClass(plan);
            classes.add(new ClassFile(plan.frameClass().name(), frames));
        }
        return report.success(classes);
    }

    private Attempt attempt(List<BodyPlan> plans) {
        try {
            byte[] main =
                    Assembler.assemble(
                            parsed, plans, Marker.ofClass(options.debug(), options.coverage()));
            Map<BodyPlan, Integer> huge = Sizes.huge(plans, main);
            return new Attempt(main, huge.keySet(), Sizes.warnings(huge));
        } catch (MethodTooLargeException tooLarge) {
            int[] sizes = excessiveSizes(plans);
            List<Problem> problems = Sizes.tooLarge(plans, sizes, original);
            if (problems.isEmpty()) {
                throw tooLarge;
            }
            List<BodyPlan> large = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] > 0) {
                    large.add(plans.get(i));
                }
            }
            return new Attempt(NOTHING, large, problems);
        } catch (ClassTooLargeException tooLarge) {
            String message =
                    parsed.displayName()
                            + " needs "
                            + tooLarge.getConstantPoolCount()
                            + " constants as a compiled class, and a class file takes 65535: split it";
            return new Attempt(NOTHING, plans, List.of(new Problem(Rule.REFUSED, 0, "", message)));
        }
    }

    /** Measures each body alone, because the writer stops at the first that is too large. */
    private static int[] excessiveSizes(List<BodyPlan> plans) {
        int[] sizes = new int[plans.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Assembler.excessiveSize(plans.get(i));
        }
        return sizes;
    }

    /** Describes a failure, which is a defect of the compiler unless the code is not valid. */
    private String failed(Throwable failure) {
        String method = at == null ? "" : "." + at.name + at.desc;
        StackTraceElement[] trace = failure.getStackTrace();
        return parsed.displayName()
                + method
                + " cannot be compiled: "
                + failure
                + (trace.length == 0 ? "" : " at " + trace[0])
                + ". Either the class file is damaged: delete it and compile its source again. Or"
                + " this is a defect of Weft: please report it with the class file";
    }
}
