package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * How does control flow between the method's basic blocks? A block never crosses the border of a
 * try range, so that all its instructions have the same handlers. An await is a block of its own,
 * which keeps what is asked about it cheap.
 */
public final class Blocks {
    /**
     * A run of instructions, with the blocks that follow it and those that handle its exceptions.
     */
    static final class Block {
        final int number;
        final int start;
        final int end;
        final List<Block> next = new ArrayList<>();
        final List<Block> handlers = new ArrayList<>();
        final List<Block> entered = new ArrayList<>();
        private boolean catchesAll;
        final List<Block> before = new ArrayList<>();

        Block(int number, int start, int end) {
            this.number = number;
            this.start = start;
            this.end = end;
        }

        /** The handlers come in the order in which the JVM looks for one. */
        private void handledBy(Block handler, boolean all) {
            handlers.add(handler);
            handler.before.add(this);
            if (!catchesAll) {
                entered.add(handler);
                catchesAll = all;
            }
        }
    }

    private final Code code;
    private final List<Block> all = new ArrayList<>();
    private final Block[] ofInstruction;

    public Blocks(Code code) {
        this.code = code;
        this.ofInstruction = new Block[code.size()];
        split(leaders());
        for (Block block : all) {
            connect(block);
        }
        code.ranges().forEach(this::connectHandler);
    }

    List<Block> all() {
        return all;
    }

    Block at(int index) {
        return ofInstruction[index];
    }

    /** Whether a try range covers the instruction at {@code index}. */
    public boolean isProtected(int index) {
        return !at(index).handlers.isEmpty();
    }

    private boolean[] leaders() {
        boolean[] leader = new boolean[code.size() + 1];
        leader[0] = true;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode instruction = code.get(i);
            List<LabelNode> targets = Targets.of(instruction);
            for (LabelNode target : targets) {
                leader[code.indexOf(target)] = true;
            }
            boolean await = instruction instanceof MethodInsnNode call && Abi.isAwait(call);
            leader[i] |= await;
            leader[i + 1] |= await || !targets.isEmpty() || Code.endsFlow(instruction);
        }
        for (TryCatchBlockNode block : code.method().tryCatchBlocks) {
            leader[code.indexOf(block.start)] = true;
            leader[code.indexOf(block.end)] = true;
            leader[code.indexOf(block.handler)] = true;
        }
        return leader;
    }

    private void split(boolean[] leader) {
        int start = 0;
        for (int i = 1; i <= code.size(); i++) {
            if (i == code.size() || leader[i]) {
                Block block = new Block(all.size(), start, i);
                all.add(block);
                Arrays.fill(ofInstruction, start, i, block);
                start = i;
            }
        }
    }

    private void connect(Block block) {
        AbstractInsnNode last = code.get(block.end - 1);
        for (LabelNode target : Targets.of(last)) {
            link(block, at(code.indexOf(target)));
        }
        if (!Code.endsFlow(last) && block.end < code.size()) {
            link(block, at(block.end));
        }
    }

    private static void link(Block from, Block to) {
        from.next.add(to);
        to.before.add(from);
    }

    private void connectHandler(Code.Range range) {
        Block handler = at(range.handler());
        for (int i = range.start(); i < range.end(); i = at(i).end) {
            at(i).handledBy(handler, range.catchesAll());
        }
    }
}
