package dev.weft.agent.hotswap;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes the instructions for constants and for values in an array of objects. */
final class Values {

    private Values() {}

    static void integer(MethodVisitor code, int value) {
        if (value <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }

    static void zero(MethodVisitor code, Type type) {
        switch (type.getSort()) {
            case Type.LONG -> code.visitInsn(Opcodes.LCONST_0);
            case Type.FLOAT -> code.visitInsn(Opcodes.FCONST_0);
            case Type.DOUBLE -> code.visitInsn(Opcodes.DCONST_0);
            case Type.OBJECT, Type.ARRAY -> code.visitInsn(Opcodes.ACONST_NULL);
            default -> code.visitInsn(Opcodes.ICONST_0);
        }
    }

    static void box(MethodVisitor code, Type type) {
        if (isPrimitive(type)) {
            String box = box(type);
            String descriptor = "(" + type.getDescriptor() + ")L" + box + ";";
            code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", descriptor, false);
        }
    }

    static void unbox(MethodVisitor code, Type type) {
        if (!isPrimitive(type)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
            return;
        }
        String box = box(type);
        code.visitTypeInsn(Opcodes.CHECKCAST, box);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                box,
                type.getClassName() + "Value",
                "()" + type.getDescriptor(),
                false);
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static String box(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.FLOAT -> "java/lang/Float";
            case Type.LONG -> "java/lang/Long";
            default -> "java/lang/Double";
        };
    }

    /** Returns the type of a local variable, in the form of stack map frames. */
    static Object verified(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }
}
