package dev.weft.instrument.read;

import dev.weft.instrument.abi.Abi;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Rewrites a body so that all later passes need to know awaits only:
 *
 * <pre>{@code
 * closing.close()            ->  await(Frame.closed(closing));
 * closing.close()            ->  await(Frame.closedAfter(closing, e)); // if e is thrown then
 * emit(x)                    ->  await(CompiledStreams.emit(x));       // one call when it is written
 * return AsyncStream.end();  ->  return Coroutine.done();
 * return stream;             ->  CompiledStreams.checkEnd(stream); return Coroutine.done();
 * }</pre>
 */
public final class Lowering {
    private Lowering() {}

    /** Rewrites {@code body}, whose calls are {@code calls}. */
    public static void lower(MethodNode body, List<AbstractInsnNode> calls) {
        InsnList code = body.instructions;
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof MethodInsnNode call && Abi.isEmit(call)) {
                code.insert(call, awaitOf(Abi.emitting()));
                code.remove(call);
            } else if (insn instanceof MethodInsnNode call && Abi.isClose(call)) {
                VarInsnNode failure = failureBefore(call);
                code.insert(call, awaitOf(failure == null ? Abi.closed() : Abi.closedAfter()));
                if (failure != null) {
                    code.insert(call, new VarInsnNode(Opcodes.ALOAD, failure.var));
                    body.maxStack = Math.max(body.maxStack, 2);
                }
                code.remove(call);
            }
        }
        if (Abi.returnsStream(body.desc)) {
            for (AbstractInsnNode insn : code.toArray()) {
                if (insn.getOpcode() == Opcodes.ARETURN) {
                    lowerReturn(code, insn);
                }
            }
        }
    }

    private static InsnList awaitOf(MethodInsnNode call) {
        InsnList await = new InsnList();
        await.add(call);
        await.add(Abi.awaiting());
        await.add(new InsnNode(Opcodes.POP));
        return await;
    }

    /**
     * Returns the load of the failure after which a resource is closed; null if there is none. The
     * failure has what the close throws suppressed, or is thrown next.
     */
    private static @Nullable VarInsnNode failureBefore(AbstractInsnNode close) {
        AbstractInsnNode load = Instructions.next(close);
        AbstractInsnNode use = Instructions.next(load);
        return load instanceof VarInsnNode failure
                        && load.getOpcode() == Opcodes.ALOAD
                        && use != null
                        && use.getOpcode() == Opcodes.ATHROW
                ? failure
                : Instructions.suppressing(close);
    }

    private static void lowerReturn(InsnList code, AbstractInsnNode areturn) {
        AbstractInsnNode before = areturn.getPrevious();
        if (before instanceof MethodInsnNode call && Abi.isStreamEnd(call)) {
            code.set(call, Abi.done());
        } else {
            code.insertBefore(areturn, Abi.checkingEnd());
            code.insertBefore(areturn, Abi.done());
        }
    }
}
