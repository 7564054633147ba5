package dev.weft.instrument.analysis;

import dev.weft.instrument.analysis.Blocks.Block;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Searches forward along the control flow. All searches together visit a limited number of blocks,
 * because their results may grow with the square of the method; later ones then find less, and
 * {@link #isCut} says so.
 */
public final class Paths {
    /** Enough for any method that a person reads. */
    public static final int MOST_VISITS = 500_000;

    private final IndexedCode code;
    private final Blocks blocks;
    private int visits;
    private boolean isCut;

    public Paths(IndexedCode code, Blocks blocks) {
        this.code = code;
        this.blocks = blocks;
    }

    public IndexedCode code() {
        return code;
    }

    /** Returns whether a search so far has ended early. */
    public boolean isCut() {
        return isCut;
    }

    /** Looks at a part of a block. Returns whether the search continues behind the part. */
    private interface Look {
        boolean at(int from, int to);
    }

    /**
     * Returns the stops that are reached without another stop in between. The size of the code
     * stands for the end of the method.
     *
     * @param after the instruction to start behind; -1 for the start of the method
     * @param onFailure whether exceptions count as ways too
     */
    public BitSet stopsAfter(int after, BitSet stops, boolean onFailure) {
        BitSet reached = new BitSet();
        search(
                after,
                onFailure,
                (from, to) -> {
                    int stop = stops.nextSetBit(from);
                    if (stop >= 0 && stop < to) {
                        reached.set(stop);
                        return false;
                    }
                    int last = code.get(to - 1).getOpcode();
                    if (last >= Opcodes.IRETURN && last <= Opcodes.RETURN) {
                        reached.set(code.size());
                    }
                    return true;
                });
        return reached;
    }

    /** Returns the instructions that read a variable's present value first, on each path. */
    public BitSet readsAfter(int after, int slot) {
        BitSet reads = new BitSet();
        search(
                after,
                true,
                (from, to) -> {
                    BitSet accesses = code.accesses();
                    for (int i = accesses.nextSetBit(from);
                            i >= 0 && i < to;
                            i = accesses.nextSetBit(i + 1)) {
                        if (slotOf(code.get(i)) == slot) {
                            reads.set(i, !code.stores().get(i));
                            return false;
                        }
                    }
                    return true;
                });
        return reads;
    }

    private static int slotOf(AbstractInsnNode access) {
        return access instanceof VarInsnNode variable ? variable.var : ((IincInsnNode) access).var;
    }

    private void search(int after, boolean onFailure, Look look) {
        Deque<Block> work = new ArrayDeque<>();
        BitSet seen = new BitSet();
        Block start = blocks.at(Math.max(after, 0));
        boolean isLast = after + 1 >= start.end;
        if (isLast || look.at(after + 1, start.end)) {
            add(start.next, work, seen);
        }
        if (onFailure) {
            add(start.entered(), work, seen);
        }
        while (!work.isEmpty() && visits < MOST_VISITS) {
            visits++;
            Block block = work.removeFirst();
            if (look.at(block.start, block.end)) {
                add(block.next, work, seen);
            }
            if (onFailure) {
                add(block.entered(), work, seen);
            }
        }
        isCut |= !work.isEmpty();
    }

    private static void add(List<Block> blocks, Deque<Block> work, BitSet seen) {
        for (Block block : blocks) {
            if (!seen.get(block.number)) {
                seen.set(block.number);
                work.addLast(block);
            }
        }
    }
}
