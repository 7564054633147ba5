package dev.weft.agent.hotswap;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes the code of a moved body: first the beginning that {@link MovedBody} shows. */
final class MovedCode extends MethodVisitor {
    private static final int NEW_FRAME = Opcodes.F_NEW;
    private static final String ARRAY = "[Ljava/lang/Object;";
    private static final String EXCEPTION = "java/lang/IllegalStateException";
    private static final Object[] NOTHING = {};

    private final MovedBody moved;
    private final Type[] to;
    private final Type[] from;

    /**
     * Begins the code.
     *
     * @param descriptor of the new code
     */
    MovedCode(MethodVisitor next, MovedBody moved, String descriptor) {
        super(Opcodes.ASM9, next);
        this.moved = moved;
        this.from = moved.body().parameters();
        this.to = Type.getArgumentTypes(descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label outdated = new Label();
        Label current = new Label();
        int value = Body.slot(from, from.length - 1);
        mv.visitVarInsn(Opcodes.ALOAD, Body.slot(from, moved.body().frameParameter()));
        mv.visitJumpInsn(Opcodes.IFNONNULL, outdated);
        mv.visitVarInsn(Opcodes.ALOAD, value);
        mv.visitJumpInsn(Opcodes.IFNULL, outdated);
        mv.visitVarInsn(Opcodes.ALOAD, value);
        mv.visitTypeInsn(Opcodes.CHECKCAST, ARRAY);
        Values.integer(mv, 0);
        mv.visitInsn(Opcodes.AALOAD);
        Values.unbox(mv, Type.INT_TYPE);
        Values.integer(mv, moved.generation().number());
        mv.visitJumpInsn(Opcodes.IF_ICMPEQ, current);
        label(outdated);
        fail();
        label(current);
        unpack(value);
    }

    private void label(Label label) {
        Object[] locals = new Object[from.length];
        for (int i = 0; i < from.length; i++) {
            locals[i] = Values.verified(from[i]);
        }
        mv.visitLabel(label);
        mv.visitFrame(NEW_FRAME, locals.length, locals, 0, NOTHING);
    }

    private void fail() {
        mv.visitTypeInsn(Opcodes.NEW, EXCEPTION);
        mv.visitInsn(Opcodes.DUP);
        mv.visitLdcInsn(moved.outdated());
        mv.visitMethodInsn(
                Opcodes.INVOKESPECIAL, EXCEPTION, "<init>", "(Ljava/lang/String;)V", false);
        mv.visitInsn(Opcodes.ATHROW);
    }

    private void unpack(int value) {
        mv.visitVarInsn(Opcodes.ALOAD, value);
        mv.visitTypeInsn(Opcodes.CHECKCAST, ARRAY);
        for (int i = 0; i < to.length; i++) {
            mv.visitInsn(Opcodes.DUP);
            Values.integer(mv, i + 1);
            mv.visitInsn(Opcodes.AALOAD);
            Values.unbox(mv, to[i]);
            mv.visitVarInsn(to[i].getOpcode(Opcodes.ISTORE), Body.slot(to, i));
        }
        mv.visitInsn(Opcodes.POP);
    }
}
