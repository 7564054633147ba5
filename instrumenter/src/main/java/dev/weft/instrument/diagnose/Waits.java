package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.read.Instructions;
import dev.weft.instrument.read.Methods;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The names of the calls that suspend, and the refusals of generators. */
final class Waits {
    private Waits() {}

    /** Returns the name in messages of a call that suspends. */
    static String name(MethodInsnNode call) {
        if (Abi.isEmit(call) || Abi.isEmitting(call)) {
            return "emit";
        }
        return Abi.isAwait(call) ? "await" : "the await at the close of closing(...)";
    }

    /** Returns the same for an await of lowered code. */
    static String name(IndexedCode code, int await) {
        int before = code.straightBefore(await);
        return before >= 0
                        && code.get(before) instanceof MethodInsnNode call
                        && (Abi.isEmitting(call) || Abi.isClosed(call))
                ? name(call)
                : "await";
    }

    /** Returns the refusals of a body, before it is lowered, that concern emits and streams. */
    static List<Problem> wrongIn(MethodNode body, List<AbstractInsnNode> calls, boolean isLambda) {
        List<Problem> problems = new ArrayList<>(0);
        boolean isGenerator = Abi.returnsStream(body.desc);
        IndexedCode code = null;
        for (AbstractInsnNode insn : calls) {
            boolean isWrong =
                    insn instanceof MethodInsnNode call
                            && (isGenerator ? isReturned(call) : Abi.isEmit(call));
            if (isWrong) {
                code = code == null ? new IndexedCode(body) : code;
                String message = isGenerator ? RETURNS_OTHER : whyNoEmit(body, isLambda);
                problems.add(Wording.refused(code.lineOf(code.indexOf(insn)), body, message));
            }
        }
        return problems;
    }

    private static final String RETURNS_OTHER =
            "a generator returns the stream that another call makes, which nobody would read: emit"
                    + " its elements in a loop, and return AsyncStream.end(). A method that only"
                    + " passes a stream on is no generator: it needs no @Async, and cannot await";

    private static boolean isReturned(MethodInsnNode call) {
        if (!Abi.returnsStream(call.desc) || Abi.isStreamEnd(call)) {
            return false;
        }
        AbstractInsnNode next = Instructions.next(call);
        return next != null && next.getOpcode() == Opcodes.ARETURN;
    }

    /** The fix for a method that emits. */
    static final String TO_BE_A_GENERATOR =
            "let it return AsyncStream, with return AsyncStream.end() at its end";

    /** Returns whether one of the calls is an emit. */
    static boolean emits(List<AbstractInsnNode> calls) {
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof MethodInsnNode call && Abi.isEmit(call)) {
                return true;
            }
        }
        return false;
    }

    /** Returns why a method that is no generator cannot emit. */
    static String whyNoEmit(MethodNode method, boolean isLambda) {
        String place = "emit in " + Wording.name(method);
        if (isLambda) {
            return place
                    + ", which returns "
                    + Wording.simple(Wording.returnType(method))
                    + ": it belongs to no generator around it. Write a loop in the generator, or"
                    + " let the lambda return AsyncStream";
        }
        if (method.name.startsWith("<")) {
            return place
                    + ", which cannot suspend: emit in an @Async method that returns AsyncStream";
        }
        if (Abi.returnsStream(method.desc)) {
            return place + ", which is not @Async: add @" + Abi.ASYNC_NAME;
        }
        String fix = Methods.isAsync(method) ? "" : " and add @" + Abi.ASYNC_NAME;
        return place
                + ", which returns "
                + Wording.simple(Wording.returnType(method))
                + ": only a generator emits. Let it return AsyncStream"
                + fix
                + ", with return AsyncStream.end() at its end";
    }

    /** Returns what to do about an await, of lowered code, that holds a monitor. */
    static String insteadOfMonitor(IndexedCode code, int await) {
        return name(code, await).equals("emit")
                ? "Emit before or after it, or hold a "
                        + Abi.ASYNC_LOCK_NAME
                        + ": try (var held = await(lock.held())) { ... }"
                : "Await before or after it, or use a "
                        + Abi.ASYNC_LOCK_NAME
                        + ": await(lock.with(() -> ...))";
    }

    /**
     * Returns whether an instruction closes a resource after a failure, in code of javac that
     * follows the other close and has another line.
     *
     * @param close the call, or its await in lowered code
     */
    static boolean closesAfterFailure(AbstractInsnNode close) {
        AbstractInsnNode next = Instructions.next(close);
        boolean isLowered = next != null && next.getOpcode() == Opcodes.POP;
        return Instructions.suppressing(isLowered ? next : close) != null;
    }
}
