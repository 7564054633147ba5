package dev.weft.instrument.analysis;

import dev.weft.instrument.analysis.Blocks.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which local variables may still be read after a point?
 *
 * <p>A backward flow over blocks. What a handler reads is live before every instruction of its try
 * range, whatever that instruction stores: the verifier wants it there too. A long or double counts
 * as its first slot. In debug mode everything is live everywhere.
 */
public final class Liveness {
    /** What one block does to the set that is live behind it. */
    private static final class Effect {
        final BitSet read = new BitSet();
        final BitSet written = new BitSet();
        final BitSet in = new BitSet();
        boolean queued = true;
    }

    private final Code code;
    private final Blocks blocks;
    private final boolean everything;
    private final List<Effect> effects = new ArrayList<>();

    public Liveness(Code code, Blocks blocks, boolean everything) {
        this.code = code;
        this.everything = everything;
        this.blocks = blocks;
        if (!everything) {
            blocks.all().forEach(block -> effects.add(effectOf(block)));
            solve();
        }
    }

    /** What is live just before the instruction at {@code index}. */
    public BitSet before(int index) {
        if (everything) {
            return all();
        }
        Block block = blocks.at(index);
        if (block.start == index) {
            return (BitSet) effect(block).in.clone();
        }
        BitSet handled = handled(block);
        BitSet live = (BitSet) handled.clone();
        unite(block.next, live);
        for (int i = block.end - 1; i >= index; i--) {
            step(code.get(i), live);
            live.or(handled);
        }
        return live;
    }

    /** What is live just after the instruction at {@code index}, in the same try ranges. */
    public BitSet after(int index) {
        if (everything) {
            return all();
        }
        BitSet live = index + 1 < code.size() ? before(index + 1) : new BitSet();
        live.or(handled(blocks.at(index)));
        return live;
    }

    private BitSet all() {
        BitSet live = new BitSet();
        live.set(0, code.method().maxLocals);
        return live;
    }

    private Effect effectOf(Block block) {
        Effect effect = new Effect();
        for (int i = block.end - 1; i >= block.start; i--) {
            AbstractInsnNode instruction = code.get(i);
            step(instruction, effect.read);
            if (isStore(instruction)) {
                effect.written.set(((VarInsnNode) instruction).var);
            }
        }
        return effect;
    }

    private Effect effect(Block block) {
        return effects.get(block.number);
    }

    /** in = read + (out - written) + what the handlers read, until nothing changes. */
    private void solve() {
        Deque<Block> work = new ArrayDeque<>(blocks.all());
        BitSet in = new BitSet();
        while (!work.isEmpty()) {
            Block block = work.removeLast();
            Effect effect = effect(block);
            effect.queued = false;
            in.clear();
            unite(block.next, in);
            in.andNot(effect.written);
            in.or(effect.read);
            unite(block.handlers, in);
            if (!in.equals(effect.in)) {
                effect.in.or(in);
                block.before.forEach(before -> queue(before, work));
            }
        }
    }

    private void queue(Block block, Deque<Block> work) {
        Effect effect = effect(block);
        if (!effect.queued) {
            effect.queued = true;
            work.addLast(block);
        }
    }

    private BitSet handled(Block block) {
        BitSet handled = new BitSet();
        unite(block.handlers, handled);
        return handled;
    }

    private void unite(List<Block> followers, BitSet into) {
        for (Block follower : followers) {
            into.or(effect(follower).in);
        }
    }

    private static void step(AbstractInsnNode instruction, BitSet live) {
        if (instruction instanceof VarInsnNode variable) {
            live.set(variable.var, !isStore(instruction));
        } else if (instruction instanceof IincInsnNode increment) {
            live.set(increment.var);
        }
    }

    private static boolean isStore(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }
}
