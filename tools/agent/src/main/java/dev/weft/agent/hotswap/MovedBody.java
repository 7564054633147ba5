package dev.weft.agent.hotswap;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A changed body whose code moves into the method of the loaded class. The parameters of the new
 * code differ from those of the method, so they travel in an array, as the parameter value:
 *
 * <pre>{@code
 * // in the new frame class; the parameters are those of the new code
 * static Object enter(Prices$total+2$Coroutine entered, int, ..., Object value) {
 *     return Prices.total(null, 0, null, 0, null, new Object[] {2, entered, 0, ..., value});
 * }
 *
 * // in the class; the parameters are those of the code that was loaded first
 * static Object total(Prices$total$Coroutine, int, Prices$total$Coroutine frame, int, Task, Object value) {
 *     if (frame != null || value == null || ((Object[]) value)[0] != 2) throw ...; // older code calls
 *     ... the array's elements to the slots of the new parameters
 *     ... the new code
 * }
 * }</pre>
 *
 * @param body the method of the loaded class
 * @param firstFrameClass the frame class of the code that was loaded first
 */
record MovedBody(Body body, String firstFrameClass, Generation generation) {

    /** The method of the new frame class that calls the body. */
    static final String ENTRY = "enter";

    private static final String OBJECT = "java/lang/Object";

    String frameClass() {
        return generation.frameClass(firstFrameClass);
    }

    /** Writes the method that packs the parameters of the new code and calls the body. */
    void writeEntry(ClassVisitor frameClass, String descriptor) {
        int access = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        MethodVisitor code = frameClass.visitMethod(access, ENTRY, descriptor, null, null);
        code.visitCode();
        Type[] from = Type.getArgumentTypes(descriptor);
        Type[] to = body.parameters();
        for (int i = 0; i < to.length - 1; i++) {
            Values.zero(code, to[i]);
        }
        Values.integer(code, from.length + 1);
        code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        code.visitInsn(Opcodes.DUP);
        Values.integer(code, 0);
        Values.integer(code, generation.number());
        Values.box(code, Type.INT_TYPE);
        code.visitInsn(Opcodes.AASTORE);
        for (int i = 0; i < from.length; i++) {
            code.visitInsn(Opcodes.DUP);
            Values.integer(code, i + 1);
            code.visitVarInsn(from[i].getOpcode(Opcodes.ILOAD), Body.slot(from, i));
            Values.box(code, from[i]);
            code.visitInsn(Opcodes.AASTORE);
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                body.owner(),
                body.name(),
                body.descriptor(),
                body.inInterface());
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Returns the message for a coroutine of the older code. */
    String outdated() {
        return body.owner().replace('/', '.')
                + "."
                + body.name()
                + ": this coroutine was created before the method was changed while the program"
                + " runs (HotSwap), and its code is gone: call the method again, or restart the"
                + " program";
    }
}
