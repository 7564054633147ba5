package dev.weft.instrument.analysis;

import dev.weft.instrument.analysis.Blocks.Block;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The local variables that may be read after each point.
 *
 * <p>A backward flow over blocks. A variable that a handler reads is live before every instruction
 * of the try range, even before one that stores it, because the verifier expects the variable
 * there. A long or double counts as its first slot. In debug mode every variable is live
 * everywhere.
 */
public final class Liveness {
    private final IndexedCode code;
    private final Blocks blocks;
    private final boolean everything;

    /**
     * The length of a set in longs. The set of a block starts at the number of the block times this
     * length.
     */
    private final int words;

    /**
     * By block: the variables that are read before they are written, the written ones, and the live
     * ones at its start.
     */
    private final long[] read;

    private final long[] written;
    private final long[] in;

    /** The computed results, by block. */
    private final @Nullable BitSet[] answers;

    public Liveness(IndexedCode code, Blocks blocks, boolean everything) {
        this.code = code;
        this.everything = everything;
        this.blocks = blocks;
        this.words = code.locals() / Long.SIZE + 1;
        int size = everything ? 0 : blocks.all().size() * words;
        this.read = new long[size];
        this.written = new long[size];
        this.in = new long[size];
        this.answers = new BitSet[blocks.all().size()];
        if (!everything) {
            for (Block block : blocks.all()) {
                summarise(block);
            }
            solve();
        }
    }

    /** Returns the variables that are live before an instruction. The set must not be changed. */
    public BitSet before(int index) {
        if (everything) {
            return all();
        }
        Block block = blocks.at(index);
        int access = code.accesses().nextSetBit(block.start);
        if (access < 0 || access >= index) {
            return before(block);
        }
        BitSet handled = united(block.handlers);
        BitSet live = united(block.next);
        live.or(handled);
        for (int i = lastAccess(block.end); i >= index; i = lastAccess(i)) {
            int variable = variableOf(code.get(i));
            live.set(variable, !code.stores().get(i) || handled.get(variable));
        }
        return live;
    }

    private BitSet before(Block block) {
        BitSet live = answers[block.number];
        if (live == null) {
            int from = block.number * words;
            live = BitSet.valueOf(Arrays.copyOfRange(in, from, from + words));
            answers[block.number] = live;
        }
        return live;
    }

    /**
     * Returns the variables that are live after an instruction, in the same try ranges. The set
     * must not be changed.
     */
    public BitSet after(int index) {
        if (everything) {
            return all();
        }
        BitSet live = index + 1 < code.size() ? before(index + 1) : new BitSet();
        List<Block> handlers = blocks.at(index).handlers;
        if (!handlers.isEmpty()) {
            live = (BitSet) live.clone();
            live.or(united(handlers));
        }
        return live;
    }

    private BitSet all() {
        BitSet live = new BitSet();
        live.set(0, code.locals());
        return live;
    }

    private BitSet united(List<Block> followers) {
        long[] live = new long[words];
        for (int word = 0; word < words; word++) {
            live[word] = united(followers, word);
        }
        return BitSet.valueOf(live);
    }

    /** Returns the union of the variables that are live at the start of the blocks. */
    private long united(List<Block> followers, int word) {
        long live = 0;
        for (int i = 0; i < followers.size(); i++) { // called too often for iterators
            live |= in[followers.get(i).number * words + word];
        }
        return live;
    }

    /** Returns the last access to a variable before the instruction; -1 if there is none. */
    private int lastAccess(int index) {
        return code.accesses().previousSetBit(index - 1);
    }

    private static int variableOf(AbstractInsnNode access) {
        return access instanceof VarInsnNode variable ? variable.var : ((IincInsnNode) access).var;
    }

    private void summarise(Block block) {
        int from = block.number * words;
        for (int i = lastAccess(block.end); i >= block.start; i = lastAccess(i)) {
            int variable = variableOf(code.get(i));
            int word = from + variable / Long.SIZE;
            long bit = 1L << variable;
            if (code.stores().get(i)) {
                read[word] &= ~bit;
                written[word] |= bit;
            } else {
                read[word] |= bit;
            }
        }
    }

    private void solve() {
        Deque<Block> work = new ArrayDeque<>(blocks.all());
        BitSet queued = new BitSet();
        queued.set(0, blocks.all().size());
        while (!work.isEmpty()) {
            Block block = work.removeLast();
            queued.clear(block.number);
            if (grow(block)) {
                for (int i = 0; i < block.before.size(); i++) {
                    Block before = block.before.get(i);
                    if (!queued.get(before.number)) {
                        queued.set(before.number);
                        work.addLast(before);
                    }
                }
            }
        }
    }

    /**
     * Computes in = read + (out - written) + the sets of the handlers. Returns whether the set has
     * grown.
     */
    private boolean grow(Block block) {
        boolean more = false;
        for (int word = 0; word < words; word++) {
            int i = block.number * words + word;
            long live =
                    read[i]
                            | (united(block.next, word) & ~written[i])
                            | united(block.handlers, word);
            more |= live != in[i];
            in[i] = live;
        }
        return more;
    }
}
