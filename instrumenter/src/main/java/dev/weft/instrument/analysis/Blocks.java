package dev.weft.instrument.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * The method's basic blocks and the control flow between them. A block never crosses the border of
 * a try range, so all its instructions have the same handlers. Each await is a separate block, so
 * questions about awaits are cheap.
 */
public final class Blocks {
    /** A sequence of instructions, the blocks that follow, and the handlers of its exceptions. */
    static final class Block {
        final int number;
        final int start;
        final int end;
        List<Block> next = List.of();
        List<Block> handlers = List.of();
        List<Block> before = List.of();

        /** The number of handlers up to the first that catches everything. */
        private int enough = Integer.MAX_VALUE;

        Block(int number, int start, int end) {
            this.number = number;
            this.start = start;
            this.end = end;
        }

        /** Adds the next handler, in the order in which the JVM searches. */
        private void handledBy(Block handler, boolean all) {
            handlers = with(handlers, handler);
            handler.before = with(handler.before, this);
            if (all) {
                enough = Math.min(enough, handlers.size());
            }
        }

        /** Returns the handlers that an exception can reach: those up to the first catch-all. */
        List<Block> entered() {
            return handlers.subList(0, Math.min(enough, handlers.size()));
        }
    }

    private final IndexedCode code;
    private final List<Block> all = new ArrayList<>();
    private final Block[] ofInstruction;

    public Blocks(IndexedCode code) {
        this.code = code;
        this.ofInstruction = new Block[code.size()];
        split(leaders());
        for (Block block : all) {
            connect(block);
        }
        for (IndexedCode.Range range : code.ranges()) {
            connectHandler(range);
        }
    }

    IndexedCode code() {
        return code;
    }

    List<Block> all() {
        return all;
    }

    Block at(int index) {
        return ofInstruction[index];
    }

    /** Returns whether a try range covers the instruction at {@code index}. */
    public boolean isProtected(int index) {
        return handlersAt(index) > 0;
    }

    /** Returns whether every try range around {@code other} is around {@code index} too. */
    boolean covers(int index, int other) {
        return at(index).handlers.containsAll(at(other).handlers);
    }

    /** Returns whether the same handlers protect two instructions. */
    public boolean haveSameHandlers(int index, int other) {
        return at(index).handlers.equals(at(other).handlers);
    }

    /**
     * Returns the number of try ranges around an instruction, including those of {@code
     * synchronized} blocks.
     */
    int handlersAt(int index) {
        return at(index).handlers.size();
    }

    /** Returns the first instruction of each block, and the end of the code. */
    private BitSet leaders() {
        BitSet leaders = new BitSet(code.size() + 1);
        for (int i = code.turns().nextSetBit(0); i >= 0; i = code.turns().nextSetBit(i + 1)) {
            for (LabelNode target : Targets.of(code.get(i))) {
                leaders.set(code.indexOf(target));
            }
            leaders.set(i + 1);
        }
        for (int i = code.awaits().nextSetBit(0); i >= 0; i = code.awaits().nextSetBit(i + 1)) {
            leaders.set(i, i + 2);
        }
        for (TryCatchBlockNode block : code.method().tryCatchBlocks) {
            leaders.set(code.indexOf(block.start));
            leaders.set(code.indexOf(block.end));
            leaders.set(code.indexOf(block.handler));
        }
        leaders.set(code.size());
        return leaders;
    }

    private void split(BitSet leaders) {
        int start = 0;
        for (int i = leaders.nextSetBit(1); i >= 0; i = leaders.nextSetBit(i + 1)) {
            Block block = new Block(all.size(), start, i);
            all.add(block);
            Arrays.fill(ofInstruction, start, i, block);
            start = i;
        }
    }

    private void connect(Block block) {
        AbstractInsnNode last = code.get(block.end - 1);
        for (LabelNode target : Targets.of(last)) {
            link(block, at(code.indexOf(target)));
        }
        if (!IndexedCode.endsFlow(last) && block.end < code.size()) {
            link(block, at(block.end));
        }
    }

    private static void link(Block from, Block to) {
        from.next = with(from.next, to);
        to.before = with(to.before, from);
    }

    /** Adds a block to a list, which begins as the shared empty one. Most lists have one block. */
    private static List<Block> with(List<Block> blocks, Block more) {
        List<Block> longer = blocks.isEmpty() ? new ArrayList<>(1) : blocks;
        longer.add(more);
        return longer;
    }

    private void connectHandler(IndexedCode.Range range) {
        Block handler = at(range.handler());
        for (int i = range.start(); i < range.end(); i = at(i).end) {
            at(i).handledBy(handler, range.catchesAll());
        }
    }
}
