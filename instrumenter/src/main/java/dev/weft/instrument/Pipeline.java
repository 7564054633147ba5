package dev.weft.instrument;

import dev.weft.instrument.analysis.Code;
import dev.weft.instrument.analysis.Facts;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlanner;
import dev.weft.instrument.plan.FrameNames;
import dev.weft.instrument.plan.Refusals;
import dev.weft.instrument.plan.Sizes;
import dev.weft.instrument.plan.Warnings;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.write.Assembler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** One class on its way through the rooms: facts, refusals, plans, instructions, bytes. */
final class Pipeline {
    private final ParsedClass parsed;
    private final byte[] original;
    private final Options options;
    private final Report report;

    Pipeline(ParsedClass parsed, byte[] original, Options options, Report report) {
        this.parsed = parsed;
        this.original = original;
        this.options = options;
        this.report = report;
    }

    Compiled run() {
        Methods methods = new Methods(parsed.node());
        List<MethodNode> bodies = methods.bodies();
        report.add(Refusals.of(parsed, methods));
        List<Facts> facts = each(bodies, this::facts);
        facts.forEach(body -> report.add(Refusals.ofBody(body)));
        report.add(Warnings.of(parsed, methods));
        if (bodies.isEmpty() || report.hasErrors()) {
            return report.refusal();
        }
        FrameNames names = new FrameNames(parsed.node());
        List<BodyPlan> plans = new ArrayList<>();
        for (Facts body : facts) {
            MethodNode method = body.code().method();
            plans.add(guarded(method, m -> BodyPlanner.plan(home(), body, names.next(m))));
        }
        return written(plans);
    }

    private Facts facts(MethodNode method) {
        return Facts.of(parsed.name(), new Code(method), options.debug());
    }

    private BodyPlan.Home home() {
        String source = parsed.node().sourceFile;
        boolean isInterface = (parsed.node().access & Opcodes.ACC_INTERFACE) != 0;
        return new BodyPlan.Home(
                parsed.name(), isInterface, parsed.node().version, source == null ? "" : source);
    }

    private Compiled written(List<BodyPlan> plans) {
        try {
            byte[] main = Assembler.assemble(parsed, plans);
            report.add(Sizes.huge(plans, main));
            List<ClassFile> classes = new ArrayList<>();
            classes.add(new ClassFile(parsed.name(), main));
            for (BodyPlan plan : plans) {
                byte[] frames = Assembler.assembleFrameClass(plan);
                classes.add(new ClassFile(plan.frameClass(), frames));
            }
            return report.hasErrors() ? report.refusal() : report.success(classes);
        } catch (MethodTooLargeException tooLarge) {
            report.add(
                    List.of(
                            Sizes.tooLarge(
                                    planOf(tooLarge, plans), original, tooLarge.getCodeSize())));
        } catch (ClassTooLargeException tooLarge) {
            report.refuse(
                    parsed.displayName()
                            + " needs "
                            + tooLarge.getConstantPoolCount()
                            + " constants as a compiled class, and a class file takes 65535: split it");
        } catch (RuntimeException bug) {
            throw failed("", bug);
        }
        return report.refusal();
    }

    private static BodyPlan planOf(MethodTooLargeException tooLarge, List<BodyPlan> plans) {
        for (BodyPlan plan : plans) {
            if (tooLarge.getDescriptor().contains("L" + plan.frameClass() + ";")) {
                return plan;
            }
        }
        throw tooLarge;
    }

    private <T> List<T> each(List<MethodNode> methods, Function<MethodNode, T> pass) {
        List<T> results = new ArrayList<>();
        for (MethodNode method : methods) {
            results.add(guarded(method, pass));
        }
        return results;
    }

    /** A failure in here is a bug of the compiler: say where it struck. */
    private <T> T guarded(MethodNode method, Function<MethodNode, T> pass) {
        try {
            return pass.apply(method);
        } catch (RuntimeException bug) {
            throw failed("." + method.name + method.desc, bug);
        }
    }

    private IllegalStateException failed(String method, RuntimeException bug) {
        return new IllegalStateException(
                "Weft failed to compile " + parsed.displayName() + method + ": " + bug, bug);
    }
}
