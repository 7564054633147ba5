package dev.weft.instrument.read;

import dev.weft.instrument.abi.Abi;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites a body so that all later passes need to know awaits only:
 *
 * <pre>{@code
 * closing.close()            ->  await(Frame.closed(closing));
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
            if (insn instanceof MethodInsnNode call && (Abi.isEmit(call) || Abi.isClose(call))) {
                InsnList await = new InsnList();
                await.add(Abi.isEmit(call) ? Abi.emitting() : Abi.closed());
                await.add(Abi.awaiting());
                await.add(new InsnNode(Opcodes.POP));
                code.insert(call, await);
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
