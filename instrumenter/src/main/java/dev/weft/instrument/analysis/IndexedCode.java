package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * A method's instructions by index: where is what? Labels, lines and frames count as instructions,
 * as in ASM's list. Valid until the list is changed.
 *
 * <p>The few instructions that most questions are about are found once, as sets of indexes, so that
 * each question costs as much as there are of them. The sets are not to be changed.
 */
public final class IndexedCode {
    /**
     * Instructions {@code start} to {@code end - 1} are protected by the handler at {@code
     * handler}.
     *
     * @param catchesAll whether no exception passes it
     */
    public record Range(int start, int end, int handler, boolean catchesAll) {}

    private final MethodNode method;
    private final InsnList list;
    private final List<Range> ranges = new ArrayList<>();
    private final BitSet awaits = new BitSet();
    private final BitSet frames = new BitSet();
    private final BitSet turns = new BitSet();
    private final BitSet accesses = new BitSet();
    private final BitSet stores = new BitSet();
    private boolean entersMonitor;

    public IndexedCode(MethodNode method) {
        this.method = method;
        this.list = method.instructions;
        for (int i = 0; i < list.size(); i++) {
            classify(i, list.get(i));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int start = indexOf(block.start);
            int end = indexOf(block.end);
            if (start < end) {
                boolean all = block.type == null || block.type.equals("java/lang/Throwable");
                ranges.add(new Range(start, end, indexOf(block.handler), all));
            }
        }
    }

    private void classify(int index, AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode < 0) {
            if (instruction instanceof FrameNode) {
                frames.set(index);
            }
        } else if (isAccess(opcode)) {
            accesses.set(index);
            stores.set(index, isStore(opcode));
        } else if (isTurn(opcode)) {
            turns.set(index);
        } else if (opcode == Opcodes.INVOKESTATIC) {
            if (Abi.isAwait((MethodInsnNode) instruction)) {
                awaits.set(index);
            }
        } else if (opcode == Opcodes.MONITORENTER) {
            entersMonitor = true;
        }
    }

    private static boolean isAccess(int opcode) {
        return (opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD)
                || isStore(opcode)
                || opcode == Opcodes.IINC;
    }

    private static boolean isTurn(int opcode) {
        return (opcode >= Opcodes.IFEQ && opcode <= Opcodes.RETURN)
                || opcode == Opcodes.ATHROW
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }

    public MethodNode method() {
        return method;
    }

    public int size() {
        return list.size();
    }

    public AbstractInsnNode get(int index) {
        return list.get(index);
    }

    public int indexOf(AbstractInsnNode instruction) {
        return list.indexOf(instruction);
    }

    public List<Range> ranges() {
        return ranges;
    }

    /** The calls of {@code Weft.await}. */
    public BitSet awaits() {
        return awaits;
    }

    public BitSet frames() {
        return frames;
    }

    /** Where control may go elsewhere than to the next instruction: jumps, switches and ends. */
    public BitSet turns() {
        return turns;
    }

    /** The loads, stores and increments of local variables. */
    public BitSet accesses() {
        return accesses;
    }

    /** Those of them that replace what the variable holds; an increment does not. */
    public BitSet stores() {
        return stores;
    }

    public boolean entersMonitor() {
        return entersMonitor;
    }

    /** The frame at a label, which is before the next real instruction; null if there is none. */
    public @Nullable FrameNode frameAt(LabelNode label) {
        for (AbstractInsnNode next = label; next != null; next = next.getNext()) {
            if (next instanceof FrameNode frame) {
                return frame;
            }
            if (next.getOpcode() >= 0) {
                return null;
            }
        }
        return null;
    }

    /** The instruction that follows if nothing can jump in between; null where something might. */
    public @Nullable AbstractInsnNode straightAfter(int index) {
        for (int i = index + 1; i < list.size(); i++) {
            if (get(i) instanceof FrameNode) {
                return null;
            }
            if (get(i).getOpcode() >= 0) {
                return get(i);
            }
        }
        return null;
    }

    /** The real instruction before if nothing can jump in between; -1 where something might. */
    public int straightBefore(int index) {
        for (int i = index - 1; i >= 0 && !(get(i) instanceof FrameNode); i--) {
            if (get(i).getOpcode() >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The source line of the instruction at {@code index}; 0 if the class file does not say. */
    public int lineOf(int index) {
        for (int i = index; i >= 0; i--) {
            if (get(i) instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    /** The line that the method begins with; 0 if the class file does not say. */
    public int firstLine() {
        for (AbstractInsnNode instruction : list) {
            if (instruction instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    /** Whether control never goes from this instruction to the next one. */
    public static boolean endsFlow(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return (opcode >= Opcodes.GOTO && opcode <= Opcodes.RETURN && opcode != Opcodes.JSR)
                || opcode == Opcodes.ATHROW;
    }

    private static boolean isStore(int opcode) {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }
}
