package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Blocks.Block;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The coroutines that a call inside a try range makes and the method returns. The range's handlers
 * have to see their failures, as if the calls blocked; but compilers put the return behind the
 * range. So such a coroutine is awaited earlier.
 *
 * <p>Only calls make coroutines: null, parameters, fields, elements of arrays and captured
 * variables are returned as they are. Storing a coroutine in a variable, casting it, and comparing
 * it with null or a class is no use of it. A coroutine that nothing uses can be awaited where it is
 * made; one that is used, where it leaves the range to be returned.
 *
 * @param awaited the instructions that leave such a coroutine on top of the stack, where it can be
 *     awaited
 * @param locked the calls that make one while a monitor is held, so that it cannot be awaited
 * @param escaping the calls whose coroutine is used and can be awaited nowhere
 */
public record ReturnedCoroutines(BitSet awaited, List<Integer> locked, List<Integer> escaping) {
    private static final ReturnedCoroutines NONE =
            new ReturnedCoroutines(new BitSet(), List.of(), List.of());

    static ReturnedCoroutines of(
            Blocks blocks, Liveness liveness, Monitors monitors, TypeSimulation simulation) {
        IndexedCode code = blocks.code();
        if (!returnsCoroutines(code) || !makesCoroutines(code, blocks)) {
            return NONE;
        }
        CoroutineFlow flow = new CoroutineFlow(code, blocks, liveness);
        simulation.run(flow);
        return new ReturnAnalysis(blocks, monitors, flow).result();
    }

    /** Returns whether any return is other than {@code return Coroutine.of(x)}. */
    private static boolean returnsCoroutines(IndexedCode code) {
        for (int i = code.turns().nextSetBit(0); i >= 0; i = code.turns().nextSetBit(i + 1)) {
            if (code.get(i).getOpcode() == Opcodes.ARETURN) {
                int before = code.straightBefore(i);
                if (before < 0 || !isReadyMade(code.get(before))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean makesCoroutines(IndexedCode code, Blocks blocks) {
        for (Block block : blocks.all()) {
            for (int i = block.start; i < block.end && !block.handlers.isEmpty(); i++) {
                if (mayMake(code, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayMake(IndexedCode code, int index) {
        AbstractInsnNode insn = code.get(index);
        if (insn instanceof MethodInsnNode call) {
            return Abi.returnsCoroutine(call.desc)
                    && !isReadyMade(call)
                    && !(code.straightAfter(index) instanceof MethodInsnNode next
                            && Abi.isAwait(next));
        }
        return (insn instanceof InvokeDynamicInsnNode call && Abi.returnsCoroutine(call.desc))
                || (insn instanceof TypeInsnNode cast
                        && cast.getOpcode() == Opcodes.CHECKCAST
                        && cast.desc.equals(Abi.COROUTINE));
    }

    /** Returns whether the call makes a coroutine that neither waits nor fails. */
    static boolean isReadyMade(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && (Abi.isCoroutineOf(call) || Abi.isCoroutineDone(call));
    }
}
