package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
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
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Writes the code of one method, in order. */
final class CodeWriter {
    private final MethodVisitor to;
    private final StackMap frames;
    private final int shift;

    /** Writes a method that has no frames. */
    CodeWriter(MethodVisitor to) {
        this(to, List.of(), 0);
    }

    /**
     * @param parameters the types of the parameters, as a frame lists them
     * @param shift the number by which the slots of the source's variables move up
     */
    CodeWriter(MethodVisitor to, List<Object> parameters, int shift) {
        this.to = to;
        this.frames = new StackMap(to, parameters);
        this.shift = shift;
    }

    /** Returns the visitor for an instruction, after the frame that belongs before it. */
    private MethodVisitor instruction() {
        frames.flush();
        return to;
    }

    /** Copies an instruction, a label or a line of the source, but no frame. */
    CodeWriter copy(AbstractInsnNode source) {
        if (shift > 0 && source instanceof VarInsnNode variable) {
            instruction().visitVarInsn(variable.getOpcode(), variable.var + shift);
        } else if (shift > 0 && source instanceof IincInsnNode increment) {
            instruction().visitIincInsn(increment.var + shift, increment.incr);
        } else {
            source.accept(source.getOpcode() < 0 ? to : instruction());
        }
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
        if (number >= -1 && number <= 5) {
            return op(Opcodes.ICONST_0 + number);
        }
        boolean small = number == (byte) number;
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

    /** Jumps if the start in the slot is that of a state; state 0 is the first step. */
    CodeWriter jumpIfState(int slot, int state, Label target) {
        load(Kind.INT, slot);
        return state == 0
                ? jump(Opcodes.IFLT, target)
                : push(state).jump(Opcodes.IF_ICMPEQ, target);
    }

    CodeWriter table(int first, Label[] cases, Label otherwise) {
        instruction().visitTableSwitchInsn(first, first + cases.length - 1, otherwise, cases);
        return this;
    }

    /** Jumps by a switch without cases. */
    CodeWriter lookup(Label otherwise) {
        instruction().visitLookupSwitchInsn(otherwise, new int[0], new Label[0]);
        return this;
    }

    CodeWriter field(int opcode, String owner, String name, String descriptor) {
        instruction().visitFieldInsn(opcode, owner, name, descriptor);
        return this;
    }

    CodeWriter field(int opcode, String owner, Field field) {
        return field(opcode, owner, field.name, field.descriptor);
    }

    /** Pushes {@code SUSPENDED}. */
    CodeWriter pushSuspended() {
        return field(Opcodes.GETSTATIC, Abi.FRAME, Abi.SUSPENDED, Abi.OBJECT_DESCRIPTOR);
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

    /** Marks a place that has a frame. */
    CodeWriter mark(Label label, StackMapFrame frame) {
        return mark(label).frame(frame);
    }

    CodeWriter frame(StackMapFrame frame) {
        frames.next(frame);
        return this;
    }

    /** Restores local variables: {@code a = frame.l0(); b = frame.i0; c = 7; ...} */
    CodeWriter restoreLocals(List<Spill> locals, int frameSlot, String frameClass) {
        int fields = 0;
        for (Spill spill : locals) {
            fields += spill.fieldOrNull() != null ? 1 : 0;
        }
        if (fields > 0) {
            load(Kind.REFERENCE, frameSlot);
        }
        for (Spill spill : locals) {
            if (spill.fieldOrNull() != null && --fields > 0) {
                op(Opcodes.DUP);
            }
            restore(spill, frameClass).store(spill.kind(), spill.position());
        }
        return this;
    }

    /** Pushes an operand that was saved. */
    CodeWriter restoreOperand(Spill operand, int frameSlot, String frameClass) {
        if (operand.fieldOrNull() != null) {
            load(Kind.REFERENCE, frameSlot);
        }
        return restore(operand, frameClass);
    }

    /**
     * Replaces the frame on the stack by a value from one of its fields: {@code frame.l0()}, {@code
     * frame.i0}. Reading a reference clears its field. Other values need no frame.
     */
    private CodeWriter restore(Spill spill, String frameClass) {
        if (spill instanceof Spill.InField inField) {
            Accessor accessor = inField.accessor();
            return accessor == null
                    ? field(Opcodes.GETFIELD, frameClass, inField.field())
                    : invoke(
                            Opcodes.INVOKEVIRTUAL,
                            frameClass,
                            inField.field().name,
                            accessor.descriptor(),
                            false);
        }
        if (spill instanceof Spill.Copy copy) {
            return load(copy.kind(), copy.slot());
        }
        ((Spill.Constant) spill).instruction().accept(instruction());
        return this;
    }
}
