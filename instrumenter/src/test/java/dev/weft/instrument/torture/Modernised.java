package dev.weft.instrument.torture;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.JSRInlinerAdapter;

/** Classes from compilers before Java 8 in the form of Java 8: with frames. */
final class Modernised extends ClassVisitor {
    private static final int OLDEST = Opcodes.V1_8;

    private Modernised(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Returns all classes; new ones stay unchanged. The loader defines the same classes. */
    static SortedMap<String, byte[]> of(Map<String, byte[]> classes, ClassLoader loader) {
        SortedMap<String, byte[]> modern = new TreeMap<>();
        classes.forEach((name, bytes) -> modern.put(name, of(bytes, loader)));
        return modern;
    }

    private static byte[] of(byte[] bytes, ClassLoader loader) {
        ClassReader reader = new ClassReader(bytes);
        if (reader.readUnsignedShort(6) >= OLDEST) {
            return bytes;
        }
        ClassWriter writer =
                new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
                    @Override
                    protected ClassLoader getClassLoader() {
                        return loader;
                    }
                };
        try {
            reader.accept(new Modernised(writer), ClassReader.SKIP_FRAMES);
        } catch (TypeNotPresentException | LinkageError e) {
            // It refers to a library that is not there, so no verifier would take it.
            return bytes;
        }
        return writer.toByteArray();
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            String signature,
            String superName,
            String[] interfaces) {
        super.visit(OLDEST, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return new JSRInlinerAdapter(next, access, name, descriptor, signature, exceptions);
    }
}
