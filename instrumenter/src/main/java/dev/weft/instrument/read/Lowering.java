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
                int failure = failureBefore(call);
                code.insert(call, awaitOf(failure < 0 ? Abi.closed() : Abi.closedAfter()));
                if (failure >= 0) {
                    code.insert(call, new VarInsnNode(Opcodes.ALOAD, failure));
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
     * Returns the variable with the failure after which a resource is closed; -1 if there is none.
     * javac and ECJ write
     *
     * <pre>{@code
     * try { resource.close(); } catch (Throwable e) { failure.addSuppressed(e); }
     * resource.close(); throw failure;
     * }</pre>
     */
    private static int failureBefore(AbstractInsnNode close) {
        AbstractInsnNode next = next(close);
        if (next == null) {
            return -1;
        }
        AbstractInsnNode load = next.getOpcode() == Opcodes.GOTO ? next(next(next)) : next;
        AbstractInsnNode use = next(next.getOpcode() == Opcodes.GOTO ? next(load) : load);
        boolean isFailure =
                load != null
                        && load.getOpcode() == Opcodes.ALOAD
                        && use != null
                        && (load == next
                                ? use.getOpcode() == Opcodes.ATHROW
                                : use instanceof MethodInsnNode call
                                        && call.name.equals("addSuppressed"));
        return isFailure && load instanceof VarInsnNode failure ? failure.var : -1;
    }

    private static @Nullable AbstractInsnNode next(@Nullable AbstractInsnNode insn) {
        AbstractInsnNode next = insn == null ? null : insn.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next;
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
