package dev.weft.instrument.emit;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Accessor;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/** Writes the code of one method, in order. */
final class CodeWriter {
    private final MethodVisitor to;
    private final StackMap frames;

    /** For a method that has no frames. */
    CodeWriter(MethodVisitor to) {
        this(to, List.of());
    }

    /**
     * @param parameters their types, as a frame lists them
     */
    CodeWriter(MethodVisitor to, List<Object> parameters) {
        this.to = to;
        this.frames = new StackMap(to, parameters);
    }

    /** Where a real instruction goes. */
    private MethodVisitor instruction() {
        frames.flush();
        return to;
    }

    /** An instruction of the source, a label or a line of it; but no frame. */
    CodeWriter copy(AbstractInsnNode source) {
        source.accept(source.getOpcode() < 0 ? to : instruction());
        return this;
    }

    CodeWriter op(int opcode) {
        instruction().visitInsn(opcode);
        return this;
    }

    CodeWriter load(Kind kind, int slot) {
        instruction().visitVarInsn(kind.loadOpcode(), slot);
        return this;
    }

    CodeWriter store(Kind kind, int slot) {
        instruction().visitVarInsn(kind.storeOpcode(), slot);
        return this;
    }

    CodeWriter push(int number) {
        if (number <= 5) {
            return op(Opcodes.ICONST_0 + number);
        }
        boolean small = number <= Byte.MAX_VALUE;
        instruction().visitIntInsn(small ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
        return this;
    }

    CodeWriter constant(String text) {
        instruction().visitLdcInsn(text);
        return this;
    }

    CodeWriter type(int opcode, String type) {
        instruction().visitTypeInsn(opcode, type);
        return this;
    }

    CodeWriter jump(int opcode, Label target) {
        instruction().visitJumpInsn(opcode, target);
        return this;
    }

    /** If the int in the slot is {@code number}. */
    CodeWriter jumpIfEqual(int slot, int number, Label target) {
        load(Kind.INT, slot);
        return number == 0
                ? jump(Opcodes.IFEQ, target)
                : push(number).jump(Opcodes.IF_ICMPEQ, target);
    }

    CodeWriter table(int first, Label[] cases, Label otherwise) {
        instruction().visitTableSwitchInsn(first, first + cases.length - 1, otherwise, cases);
        return this;
    }

    CodeWriter field(int opcode, String owner, String name, String descriptor) {
        instruction().visitFieldInsn(opcode, owner, name, descriptor);
        return this;
    }

    CodeWriter field(int opcode, String owner, Field field) {
        return field(opcode, owner, field.name(), field.descriptor());
    }

    CodeWriter invokeStatic(String owner, String name, String descriptor) {
        return invoke(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    CodeWriter invoke(int opcode, String owner, String name, String descriptor, boolean itf) {
        instruction().visitMethodInsn(opcode, owner, name, descriptor, itf);
        return this;
    }

    CodeWriter mark(Label label) {
        to.visitLabel(label);
        return this;
    }

    /** A place that only jumps come to, or others too. */
    CodeWriter mark(Label label, StackMapFrame shape) {
        return mark(label).frame(shape);
    }

    CodeWriter frame(StackMapFrame shape) {
        frames.next(shape);
        return this;
    }

    /** Brings local variables back: {@code a = frame.l0(); b = frame.i0; c = 7; ...} */
    CodeWriter restoreLocals(List<Spill> locals, int frameSlot, String frameClass) {
        int fields = 0;
        for (Spill saved : locals) {
            fields += saved.field() != null ? 1 : 0;
        }
        if (fields > 0) {
            load(Kind.REFERENCE, frameSlot);
        }
        for (Spill saved : locals) {
            if (saved.field() != null && --fields > 0) {
                op(Opcodes.DUP);
            }
            take(saved, frameClass).store(saved.kind(), saved.position());
        }
        return this;
    }

    /** Pushes an operand that was saved. */
    CodeWriter restoreOperand(Spill operand, int frameSlot, String frameClass) {
        if (operand.field() != null) {
            load(Kind.REFERENCE, frameSlot);
        }
        return take(operand, frameClass);
    }

    /**
     * What was saved takes the place of the frame on the stack: {@code frame.l0()}, {@code
     * frame.i0}. A reference is cleared in the frame as it is read. A constant needs no frame.
     */
    private CodeWriter take(Spill saved, String frameClass) {
        if (saved.constant() != null) {
            return copy(saved.constant());
        }
        Field field = Generated.required(saved.field());
        Accessor accessor = saved.accessor();
        if (accessor == null) {
            return field(Opcodes.GETFIELD, frameClass, field);
        }
        return invoke(
                Opcodes.INVOKEVIRTUAL, frameClass, field.name(), accessor.descriptor(), false);
    }
}
