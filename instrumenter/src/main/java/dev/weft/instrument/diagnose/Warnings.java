package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.model.Problem.Rule;
import dev.weft.instrument.read.Instructions;
import dev.weft.instrument.read.Lambdas;
import dev.weft.instrument.read.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The lints: code that compiles but is probably a mistake. */
public final class Warnings {
    private final Methods methods;
    private final MockCalls mocks;
    private final List<Problem> problems = new ArrayList<>();

    private Warnings(ParsedClass parsed, Methods methods) {
        this.methods = methods;
        this.mocks = new MockCalls(parsed, methods);
    }

    public static List<Problem> of(ParsedClass parsed, Methods methods) {
        Warnings warnings = new Warnings(parsed, methods);
        for (MethodNode method : parsed.node().methods) {
            warnings.check(method);
        }
        return warnings.problems;
    }

    /** Returns the warnings that need a body's flow. */
    public static List<Problem> ofBody(MethodFacts facts) {
        IndexedCode code = facts.code();
        List<Problem> problems = new ArrayList<>(0);
        for (int call : facts.returned().escaping()) {
            String message =
                    "the coroutine that "
                            + callee(code.get(call))
                            + " returns is used inside the try and then returned, so no catch or"
                            + " finally of the try waits for it or sees its failure: return"
                            + " Coroutine.of(await(...)) of it inside the try";
            problems.add(
                    new Problem(
                            Rule.UNCAUGHT_COROUTINE,
                            code.lineOf(call),
                            code.method().name,
                            message));
        }
        return problems;
    }

    private static String callee(AbstractInsnNode call) {
        return call instanceof MethodInsnNode method
                ? method.name
                : ((InvokeDynamicInsnNode) call).name;
    }

    private void check(MethodNode method) {
        boolean async = methods.isBody(method) || Methods.isAsync(method);
        IndexedCode code = null;
        Set<AbstractInsnNode> onMocks = Set.of();
        for (AbstractInsnNode insn : methods.calls(method)) {
            String dropped = dropped(insn);
            String blocking =
                    async && insn instanceof MethodInsnNode call
                            ? BlockingCalls.advice(call)
                            : null;
            if (dropped == null && blocking == null) {
                continue;
            }
            if (code == null) {
                code = new IndexedCode(method);
                onMocks = mocks.in(method, code);
            }
            int line = code.lineOf(code.indexOf(insn));
            warn(Rule.DROPPED_COROUTINE, line, method, onMocks.contains(insn) ? null : dropped);
            warn(Rule.BLOCKING_CALL, line, method, blocking);
        }
    }

    private void warn(Rule rule, int line, MethodNode method, @Nullable String message) {
        if (message != null) {
            problems.add(new Problem(rule, line, method.name, message));
        }
    }

    private static @Nullable String dropped(AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            // What runs nothing is no loss; and ECJ pops what a finally overrides: return of(x).
            boolean readyMade = Abi.isCoroutineOf(call) || Abi.isCoroutineDone(call);
            return Abi.returnsCoroutine(call.desc) && !readyMade && isPopped(call)
                    ? neverAwaited(call.name)
                    : null;
        }
        if (insn instanceof InvokeDynamicInsnNode call && Lambdas.isLambda(call)) {
            String target = Lambdas.implementation(call).getDesc();
            boolean isVoid =
                    call.bsmArgs[2] instanceof Type type
                            && type.getReturnType().getSort() == Type.VOID;
            return isVoid && Abi.returnsCoroutine(target)
                    ? neverAwaited(Lambdas.implementation(call).getName())
                    : null;
        }
        return null;
    }

    /**
     * Returns whether the next instruction drops the result. ECJ may leave the result on the stack
     * when the method returns.
     */
    private static boolean isPopped(AbstractInsnNode call) {
        AbstractInsnNode next = Instructions.next(call);
        return next != null
                && (next.getOpcode() == Opcodes.POP || next.getOpcode() == Opcodes.RETURN);
    }

    private static String neverAwaited(String name) {
        return "the coroutine that "
                + name
                + " returns is never awaited, so it never runs: await it, give it to Task.create, or"
                + " close() it";
    }
}
