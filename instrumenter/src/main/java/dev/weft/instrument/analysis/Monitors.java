package dev.weft.instrument.analysis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;

/**
 * The number of monitors that are held before each instruction. A forward flow; where paths meet,
 * the largest number counts. Costs nothing if the method enters no monitor.
 */
public final class Monitors {
    /** More than any code nests; a loop that enters without leaving ends here. */
    private static final int MOST = 64;

    private final IndexedCode code;
    private final Blocks blocks;
    private final int[] held;
    private final Deque<Integer> work = new ArrayDeque<>();

    public Monitors(IndexedCode code, Blocks blocks) {
        this.code = code;
        this.blocks = blocks;
        this.held = new int[code.entersMonitor() ? code.size() : 0];
        if (held.length > 0) {
            Arrays.fill(held, -1);
            flow(0, 0);
            while (!work.isEmpty()) {
                leave(work.removeLast());
            }
        }
    }

    public boolean isHeldAt(int index) {
        return heldAt(index) > 0;
    }

    int heldAt(int index) {
        return held.length == 0 ? 0 : held[index];
    }

    /**
     * Returns whether the instruction may throw. Compilers cover the ends of their {@code
     * synchronized} blocks by the handlers around them, but only with instructions that cannot.
     */
    private static boolean mayThrow(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode == Opcodes.LDC) {
            Object constant = ((LdcInsnNode) instruction).cst;
            return !(constant instanceof Number || constant instanceof String);
        }
        boolean divides =
                opcode == Opcodes.IDIV
                        || opcode == Opcodes.IREM
                        || opcode == Opcodes.LDIV
                        || opcode == Opcodes.LREM;
        boolean accessesArray =
                (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD)
                        || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
        boolean harmless =
                opcode <= Opcodes.LOOKUPSWITCH
                        || opcode == Opcodes.IFNULL
                        || opcode == Opcodes.IFNONNULL;
        return divides || accessesArray || !harmless;
    }

    private void flow(int index, int depth) {
        if (index < code.size() && depth > held[index]) {
            held[index] = Math.min(depth, MOST);
            work.addLast(index);
        }
    }

    private void leave(int index) {
        AbstractInsnNode instruction = code.get(index);
        int before = held[index];
        int after = before;
        if (instruction.getOpcode() == Opcodes.MONITORENTER) {
            after = Math.min(before + 1, MOST);
        } else if (instruction.getOpcode() == Opcodes.MONITOREXIT) {
            after = Math.max(before - 1, 0);
        }
        for (LabelNode target : Targets.of(instruction)) {
            flow(code.indexOf(target), after);
        }
        if (!IndexedCode.endsFlow(instruction)) {
            flow(index + 1, after);
        }
        if (mayThrow(instruction)) {
            // It is not specified what a monitorexit that throws leaves held; HotSpot releases it.
            int thrown = Math.min(before, after);
            blocks.at(index).entered().forEach(handler -> flow(handler.start, thrown));
        }
    }
}
