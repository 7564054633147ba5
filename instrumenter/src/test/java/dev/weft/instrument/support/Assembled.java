package dev.weft.instrument.support;

import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Classes that no Java compiler writes: instructions one by one. */
public final class Assembled {
    public static final String COROUTINE = "dev/weft/Coroutine";
    public static final String RETURNS_COROUTINE = ")L" + COROUTINE + ";";

    private final ClassWriter writer = new ClassWriter(0);
    private final String name;

    /** Begins a class of the name. */
    public Assembled(String name, int version) {
        this.name = name;
        writer.visit(
                version,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                name,
                null,
                "java/lang/Object",
                null);
    }

    /** Begins a class of the name, for Java 17. */
    public Assembled(String name) {
        this(name, Opcodes.V17);
    }

    /**
     * Adds a public static {@code @Async} method; {@code code} visits its instructions and sizes.
     */
    public Assembled async(String method, String parameters, Consumer<MethodVisitor> code) {
        return method(method, "(" + parameters + RETURNS_COROUTINE, true, code);
    }

    /** Adds a public static method. */
    public Assembled method(
            String method, String descriptor, boolean async, Consumer<MethodVisitor> code) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor visitor = writer.visitMethod(access, method, descriptor, null, null);
        if (async) {
            visitor.visitAnnotation("Ldev/weft/Async;", false).visitEnd();
        }
        visitor.visitCode();
        code.accept(visitor);
        visitor.visitEnd();
        return this;
    }

    /** Returns the class file. */
    public byte[] bytes() {
        writer.visitEnd();
        return writer.toByteArray();
    }

    public String name() {
        return name;
    }

    /** Awaits the value on top of the stack. */
    public static void await(MethodVisitor code) {
        call(code, "dev/weft/Weft", "await", "(Ldev/weft/Awaitable;)Ljava/lang/Object;");
    }

    /** Makes a coroutine of the value on top of the stack. */
    public static void of(MethodVisitor code) {
        call(code, COROUTINE, "of", "(Ljava/lang/Object;)L" + COROUTINE + ";");
    }

    /** Calls a static method. */
    public static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    /** Returns a coroutine that is done, and closes the method with its sizes. */
    public static void returnDone(MethodVisitor code, int stack, int locals) {
        call(code, COROUTINE, "done", "()L" + COROUTINE + ";");
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(stack, locals);
    }

    /** Returns the descriptor of a class. */
    public static String descriptor(Class<?> type) {
        return Type.getDescriptor(type);
    }
}
