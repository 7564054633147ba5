package dev.weft.instrument;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.decide.BodyPlanner;
import dev.weft.instrument.decide.DirectCalls;
import dev.weft.instrument.decide.FrameNames;
import dev.weft.instrument.diagnose.Refusals;
import dev.weft.instrument.diagnose.Sizes;
import dev.weft.instrument.diagnose.Warnings;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.write.Assembler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The passes over one class: facts, refusals, plans, instructions, bytes. */
final class Pipeline {
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

    Compiled run() {
        try {
            return compile();
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            report.refuse(failed(failure));
            return report.refusal();
        }
    }

    private Compiled compile() {
        Methods methods = new Methods(parsed.node());
        List<MethodNode> bodies = methods.bodies();
        report.add(Refusals.ofVersion(parsed, methods));
        if (report.hasErrors()) {
            return report.refusal();
        }
        report.add(Refusals.of(parsed, methods));
        List<MethodFacts> facts = new ArrayList<>();
        for (MethodNode body : bodies) {
            at = body;
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
            return report.refusal();
        }
        FrameNames names = new FrameNames(parsed.node());
        List<String> frameClasses = new ArrayList<>();
        for (MethodNode body : bodies) {
            frameClasses.add(names.next(body));
        }
        DirectCalls calls =
                options.direct()
                        ? DirectCalls.of(parsed, facts, frameClasses)
                        : DirectCalls.none(parsed);
        List<BodyPlan> plans = new ArrayList<>();
        for (MethodFacts body : facts) {
            at = body.code().method();
            plans.add(BodyPlanner.plan(home(body), body, frameClasses.get(plans.size()), calls));
        }
        at = null;
        return written(plans);
    }

    private BodyPlan.Home home(MethodFacts body) {
        String source = parsed.node().sourceFile;
        boolean isInterface = (parsed.node().access & Opcodes.ACC_INTERFACE) != 0;
        return new BodyPlan.Home(
                parsed.name(),
                isInterface,
                parsed.node().version,
                source == null ? "" : source,
                body.code().method(),
                body.code().firstLine());
    }

    private Compiled written(List<BodyPlan> plans) {
        try {
            byte[] main = Assembler.assemble(parsed, plans);
            report.add(Sizes.huge(plans, main));
            List<ClassFile> classes = new ArrayList<>();
            classes.add(new ClassFile(parsed.name(), main));
            for (BodyPlan plan : plans) {
                byte[] frames = Assembler.assembleFrameClass(plan);
                classes.add(new ClassFile(plan.frameClass().name(), frames));
            }
            return report.hasErrors() ? report.refusal() : report.success(classes);
        } catch (MethodTooLargeException tooLarge) {
            List<Problem> problems = Sizes.tooLarge(plans, excessiveSizes(plans), original);
            if (problems.isEmpty()) {
                throw tooLarge;
            }
            report.add(problems);
        } catch (ClassTooLargeException tooLarge) {
            report.refuse(
                    parsed.displayName()
                            + " needs "
                            + tooLarge.getConstantPoolCount()
                            + " constants as a compiled class, and a class file takes 65535: split it");
        }
        return report.refusal();
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
