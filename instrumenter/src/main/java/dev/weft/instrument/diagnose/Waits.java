package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.Problem;
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
        return Abi.isAwait(call) ? "await" : "the end of a try with closing(...)";
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
    static List<Problem> wrongIn(MethodNode body, List<AbstractInsnNode> calls) {
        List<Problem> problems = new ArrayList<>(0);
        boolean isGenerator = Abi.returnsStream(body.desc);
        IndexedCode code = null;
        for (AbstractInsnNode insn : calls) {
            boolean isWrong =
                    insn instanceof MethodInsnNode call
                            && (isGenerator ? isReturned(call) : Abi.isEmit(call));
            if (isWrong) {
                code = code == null ? new IndexedCode(body) : code;
                String message = isGenerator ? RETURNS_OTHER : whyNoEmit(body, false);
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
        AbstractInsnNode next = call.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next != null && next.getOpcode() == Opcodes.ARETURN;
    }

    /** Returns why a method that is no generator cannot emit. */
    static String whyNoEmit(MethodNode method, boolean isLambda) {
        String place = "emit in " + Wording.name(method);
        if (Abi.returnsStream(method.desc)) {
            return place + ", which is not @Async: add @" + Abi.ASYNC_NAME;
        }
        String type = Wording.simple(Wording.returnType(method));
        if (isLambda || !Methods.isAsync(method)) {
            return place
                    + ", which returns "
                    + type
                    + ": only the generator itself emits, a lambda or an @Async method that returns"
                    + " AsyncStream. Write a loop in the generator";
        }
        return place
                + ", which returns "
                + type
                + ": only a generator emits. Let it return AsyncStream, with return"
                + " AsyncStream.end() at its end";
    }
}
