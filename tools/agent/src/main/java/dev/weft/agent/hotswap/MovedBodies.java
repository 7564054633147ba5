package dev.weft.agent.hotswap;

import dev.weft.instrument.ClassFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Rewrites a compiled class and its frame classes for the bodies that move. */
final class MovedBodies {
    private final Map<String, MovedBody> bodies;
    private final Map<String, String> names = new HashMap<>();

    /** Takes the bodies by the names of their frame classes. */
    MovedBodies(Map<String, MovedBody> bodies) {
        this.bodies = bodies;
        bodies.forEach((frame, body) -> names.put(frame, body.frameClass()));
    }

    /** Returns the class with the new frame classes, and with its bodies moved. */
    byte[] inClass(byte[] main) {
        return rewrite(main, null);
    }

    /** Returns a new frame class, with the method that enters the moved body. */
    byte[] inFrame(ClassFile frame, MovedBody body) {
        return rewrite(frame.bytes(), body);
    }

    private byte[] rewrite(byte[] classFile, @Nullable MovedBody entered) {
        ClassReader reader = new ClassReader(classFile);
        // The attributes of Weft contain indexes, so the writer takes over the constant pool.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ClassVisitor redirected = new Redirected(writer, entered);
        SimpleRemapper remapper = new SimpleRemapper(Opcodes.ASM9, names);
        reader.accept(new ClassRemapper(redirected, remapper), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Returns the body that moves; null for other methods. */
    private @Nullable MovedBody moved(String descriptor) {
        if (Body.isBody(descriptor)) {
            String frame = Body.frameClass(descriptor);
            for (MovedBody body : bodies.values()) {
                if (body.frameClass().equals(frame)) {
                    return body;
                }
            }
        }
        return null;
    }

    private final class Redirected extends ClassVisitor {
        private final @Nullable MovedBody entered;
        private String enteredDescriptor = "";

        Redirected(ClassVisitor next, @Nullable MovedBody entered) {
            super(Opcodes.ASM9, next);
            this.entered = entered;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MovedBody body = entered == null ? moved(descriptor) : null;
            MethodVisitor target =
                    super.visitMethod(
                            access,
                            name,
                            body == null ? descriptor : body.body().descriptor(),
                            signature,
                            exceptions);
            return new RedirectedCalls(
                    body == null ? target : new MovedCode(target, body, descriptor));
        }

        @Override
        public void visitEnd() {
            if (entered != null) {
                entered.writeEntry(cv, enteredDescriptor);
            }
            super.visitEnd();
        }

        /** Sends the calls of moved bodies to the methods that enter these. */
        private final class RedirectedCalls extends MethodVisitor {
            RedirectedCalls(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String descriptor, boolean isInterface) {
                MovedBody body = opcode == Opcodes.INVOKESTATIC ? moved(descriptor) : null;
                if (body == null || !owner.equals(body.body().owner())) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                    return;
                }
                super.visitMethodInsn(
                        opcode, body.frameClass(), MovedBody.ENTRY, descriptor, false);
                if (body.equals(entered)) {
                    enteredDescriptor = descriptor;
                }
            }
        }
    }
}
