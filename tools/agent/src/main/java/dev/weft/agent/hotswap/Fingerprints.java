package dev.weft.agent.hotswap;

import dev.weft.instrument.ClassFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Hashes of bodies and their frame classes. Lines do not count, so a body that has only moved in
 * its source file is unchanged.
 */
public final class Fingerprints {
    private static final int IGNORED = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    /** FNV-1a, 64 bits. */
    private static final long START = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Fingerprints() {}

    /** Returns the fingerprints of all bodies of a compiled class, by frame class. */
    public static Map<String, Long> of(byte[] main, List<ClassFile> frames) {
        Map<String, ClassWriter> bodies = new HashMap<>();
        new ClassReader(main).accept(new BodyCopies(bodies), IGNORED);
        Map<String, Long> fingerprints = new HashMap<>();
        for (ClassFile frame : frames) {
            ClassWriter body = bodies.get(frame.name());
            long hash = body == null ? START : hash(START, body.toByteArray());
            ClassWriter code = new ClassWriter(0);
            new ClassReader(frame.bytes()).accept(new WithoutTable(code), IGNORED);
            fingerprints.put(frame.name(), hash(hash, code.toByteArray()));
        }
        return fingerprints;
    }

    private static long hash(long from, byte[] bytes) {
        long hash = from;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xFF)) * PRIME;
        }
        return hash;
    }

    /** Copies each body into a class file of its own, so that its bytes depend on nothing else. */
    private static final class BodyCopies extends ClassVisitor {
        private final Map<String, ClassWriter> copies;

        BodyCopies(Map<String, ClassWriter> copies) {
            super(Opcodes.ASM9);
            this.copies = copies;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & Opcodes.ACC_STATIC) == 0 || !Body.isBody(descriptor)) {
                return null;
            }
            ClassWriter copy = new ClassWriter(0);
            copy.visit(Opcodes.V17, 0, "Copy", null, "java/lang/Object", null);
            copies.put(Body.frameClass(descriptor), copy);
            return copy.visitMethod(access, name, descriptor, null, null);
        }
    }

    /** Leaves out the method that returns the lines of the awaits. */
    private static final class WithoutTable extends ClassVisitor {
        WithoutTable(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return name.equals("table")
                    ? null
                    : super.visitMethod(access, name, descriptor, signature, exceptions);
        }

        @Override
        public void visitAttribute(Attribute attribute) {
            // Its content is an index of the constant pool.
        }
    }
}
