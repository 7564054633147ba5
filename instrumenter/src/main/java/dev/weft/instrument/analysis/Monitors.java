package dev.weft.instrument.analysis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;

/**
 * How many monitors are held before each instruction? A forward flow; where paths meet, the most
 * that any of them holds counts. Costs nothing if the method enters no monitor.
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
        if (instruction.getOpcode() >= 0) {
            // What a monitorexit that throws has left held is not known: HotSpot releases it.
            int thrown = Math.min(before, after);
            blocks.at(index).entered().forEach(handler -> flow(handler.start, thrown));
        }
    }
}
