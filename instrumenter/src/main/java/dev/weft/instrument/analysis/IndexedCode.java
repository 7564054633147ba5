package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method's instructions by index. Labels, lines and frames count as instructions, as in ASM's
 * list. Valid until the list is changed.
 *
 * <p>The instructions that most passes need are collected once, in sets of indexes. A pass over
 * awaits, for example, does not read the other instructions. Callers must not change the sets.
 */
public final class IndexedCode {
    /**
     * A try range: the handler at {@code handler} protects the instructions {@code start} to {@code
     * end - 1}.
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
    private final BitSet lines = new BitSet();
    private final BitSet calls = new BitSet();
    private boolean entersMonitor;
    private boolean storesFirst;
    private int locals;

    public IndexedCode(MethodNode method) {
        this.method = method;
        this.list = method.instructions;
        this.locals = Parameters.units(method);
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
            if (instruction instanceof FrameNode frame) {
                frames.set(index);
                locals = Math.max(locals, sizeOf(frame));
            } else if (instruction instanceof LineNumberNode) {
                lines.set(index);
            }
        } else if (isAccess(opcode)) {
            accesses.set(index);
            stores.set(index, isStore(opcode));
            storesFirst |=
                    instruction instanceof VarInsnNode store && store.var == 0 && isStore(opcode);
            locals = Math.max(locals, endOf(instruction));
        } else if (isTurn(opcode)) {
            turns.set(index);
        } else if (opcode == Opcodes.INVOKESTATIC) {
            if (Abi.isAwait((MethodInsnNode) instruction)) {
                awaits.set(index);
            }
        } else if (instruction instanceof MethodInsnNode) {
            calls.set(index);
        } else if (opcode == Opcodes.MONITORENTER) {
            entersMonitor = true;
        }
    }

    private static int sizeOf(FrameNode frame) {
        int size = 0;
        for (int i = 0; frame.local != null && i < frame.local.size(); i++) {
            size += Kind.ofVerificationType(frame.local.get(i)).size;
        }
        return size;
    }

    /** Returns the first slot after the variable that a load, store or increment accesses. */
    private static int endOf(AbstractInsnNode access) {
        if (access instanceof VarInsnNode variable) {
            int kind = (variable.getOpcode() - Opcodes.ILOAD) % (Opcodes.ISTORE - Opcodes.ILOAD);
            boolean two = kind == 1 || kind == 3; // LLOAD and DLOAD follow ILOAD and FLOAD
            return variable.var + (two ? 2 : 1);
        }
        return ((IincInsnNode) access).var + 1;
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

    /** Returns how many slots the local variables take; a damaged class file may claim more. */
    public int locals() {
        return locals;
    }

    public List<Range> ranges() {
        return ranges;
    }

    /** Returns the calls of {@code Weft.await}. */
    public BitSet awaits() {
        return awaits;
    }

    public BitSet frames() {
        return frames;
    }

    /**
     * Returns the jumps, switches and ends, after which the next instruction need not be the one
     * that runs.
     */
    public BitSet turns() {
        return turns;
    }

    /** Returns the calls on a receiver. */
    public BitSet calls() {
        return calls;
    }

    /** Returns the loads, stores and increments of local variables. */
    public BitSet accesses() {
        return accesses;
    }

    /** Returns those accesses that replace a variable's value; an increment does not. */
    public BitSet stores() {
        return stores;
    }

    /** Returns whether slot 0 holds {@code this} in the whole method. */
    public boolean keepsThis() {
        return !storesFirst && (method.access & Opcodes.ACC_STATIC) == 0;
    }

    public boolean entersMonitor() {
        return entersMonitor;
    }

    /** Returns the frame at a label, before the next real instruction; null if there is none. */
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

    /** Returns the real instruction after this one; null if a jump may lead in between. */
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

    /** Returns the index of the real instruction before; -1 if a jump may lead in between. */
    public int straightBefore(int index) {
        for (int i = index - 1; i >= 0 && !(get(i) instanceof FrameNode); i--) {
            if (get(i).getOpcode() >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the source line of an instruction; 0 if unknown. */
    public int lineOf(int index) {
        int at = lines.previousSetBit(index);
        return at < 0 ? 0 : ((LineNumberNode) get(at)).line;
    }

    /** Returns the first line of the method; 0 if unknown. */
    public int firstLine() {
        int at = lines.nextSetBit(0);
        return at < 0 ? 0 : ((LineNumberNode) get(at)).line;
    }

    /** Returns whether the next instruction never runs directly after this one. */
    public static boolean endsFlow(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return (opcode >= Opcodes.GOTO && opcode <= Opcodes.RETURN && opcode != Opcodes.JSR)
                || opcode == Opcodes.ATHROW;
    }

    private static boolean isStore(int opcode) {
        return opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    }
}
