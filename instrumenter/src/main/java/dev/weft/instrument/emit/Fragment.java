package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Accessor;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Saved;
import dev.weft.instrument.plan.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** A list of instructions in the making. */
final class Fragment {
    private final InsnList list = new InsnList();

    InsnList list() {
        return list;
    }

    Fragment add(AbstractInsnNode instruction) {
        list.add(instruction);
        return this;
    }

    Fragment op(int opcode) {
        return add(new InsnNode(opcode));
    }

    Fragment load(Kind kind, int slot) {
        return add(new VarInsnNode(kind.loadOpcode(), slot));
    }

    Fragment store(Kind kind, int slot) {
        return add(new VarInsnNode(kind.storeOpcode(), slot));
    }

    Fragment push(int number) {
        if (number <= 5) {
            return op(Opcodes.ICONST_0 + number);
        }
        boolean small = number <= Byte.MAX_VALUE;
        return add(new IntInsnNode(small ? Opcodes.BIPUSH : Opcodes.SIPUSH, number));
    }

    /** Pushes {@code frame.state}. */
    Fragment state(int frameSlot) {
        return load(Kind.REFERENCE, frameSlot).field(Opcodes.GETFIELD, Abi.FRAME, Abi.STATE, "I");
    }

    Fragment type(int opcode, String type) {
        return add(new TypeInsnNode(opcode, type));
    }

    Fragment jump(int opcode, LabelNode target) {
        return add(new JumpInsnNode(opcode, target));
    }

    Fragment field(int opcode, String owner, String name, String descriptor) {
        return add(new FieldInsnNode(opcode, owner, name, descriptor));
    }

    Fragment field(int opcode, String owner, Field field) {
        return field(opcode, owner, field.name(), field.descriptor());
    }

    Fragment invokeStatic(String owner, String name, String descriptor) {
        return add(new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false));
    }

    /** A place that only jumps come to, or others too. */
    Fragment mark(LabelNode label, Shape shape) {
        return add(label).add(frame(shape, List.of()));
    }

    /** The same, with more local variables at the end. */
    Fragment mark(LabelNode label, Shape shape, List<Object> more) {
        return add(label).add(frame(shape, more));
    }

    private static FrameNode frame(Shape shape, List<Object> more) {
        List<Object> locals = new ArrayList<>(shape.locals());
        locals.addAll(more);
        List<Object> stack = shape.stack();
        return new FrameNode(
                Opcodes.F_NEW, locals.size(), locals.toArray(), stack.size(), stack.toArray());
    }

    /** Brings local variables back on entry: {@code a = frame.l0(); b = frame.i0; c = 7; ...} */
    Fragment restoreLocals(List<Saved> locals, String frameClass) {
        int fields = (int) locals.stream().filter(saved -> saved.field() != null).count();
        if (fields > 0) {
            load(Kind.REFERENCE, Slots.ENTRY);
        }
        for (Saved saved : locals) {
            if (saved.field() != null && --fields > 0) {
                op(Opcodes.DUP);
            }
            take(saved, frameClass).store(saved.kind(), saved.position());
        }
        return this;
    }

    /** Pushes an operand that was saved. */
    Fragment restoreOperand(Saved operand, int frameSlot, String frameClass) {
        if (operand.field() != null) {
            load(Kind.REFERENCE, frameSlot);
        }
        return take(operand, frameClass);
    }

    /**
     * What was saved takes the place of the frame on the stack: {@code frame.l0()}, {@code
     * frame.i0}. A reference is cleared in the frame as it is read. A constant needs no frame.
     */
    private Fragment take(Saved saved, String frameClass) {
        if (saved.constant() != null) {
            return add(saved.constant().clone(Map.of()));
        }
        Field field = Generated.required(saved.field());
        Accessor accessor = saved.accessor();
        if (accessor == null) {
            return field(Opcodes.GETFIELD, frameClass, field);
        }
        String descriptor = Generated.accessorDescriptor(accessor);
        return add(
                new MethodInsnNode(
                        Opcodes.INVOKEVIRTUAL, frameClass, field.name(), descriptor, false));
    }
}
