package dev.weft.instrument.write;

import dev.weft.instrument.emit.Emitter;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.plan.BodyPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes class files. The class is read a second time, straight into the writer: so the writer
 * copies the bytes of each method that is left alone, and the rest of the class passes unchanged.
 */
public final class Assembler extends ClassVisitor {
    private final ParsedClass parsed;
    private final List<BodyPlan> bodies;
    private final Map<String, BodyPlan> byMethod = new HashMap<>();

    private final Marker marker;

    private Assembler(
            ParsedClass parsed, List<BodyPlan> bodies, Marker marker, SealedWriter writer) {
        super(Opcodes.ASM9, writer);
        this.parsed = parsed;
        this.bodies = bodies;
        this.marker = marker;
        for (BodyPlan body : bodies) {
            MethodNode method = body.home().method();
            byMethod.put(method.name + method.desc, body);
        }
    }

    /**
     * Writes the class with its compiled methods.
     *
     * @throws MethodTooLargeException if a body is beyond 64 KiB
     * @throws org.objectweb.asm.ClassTooLargeException if the constant pool is too large
     */
    public static byte[] assemble(ParsedClass parsed, List<BodyPlan> bodies, Marker marker) {
        SealedWriter writer = new SealedWriter(parsed.reader());
        parsed.reader().accept(new Assembler(parsed, bodies, marker, writer), 0);
        return writer.toByteArray();
    }

    /** Writes the class of a body's frames. */
    public static byte[] assembleFrameClass(BodyPlan body) {
        SealedWriter writer = new SealedWriter(null);
        Emitter.frameClass(body, writer);
        return writer.toByteArray();
    }

    /** Returns the size of a body's code if that is beyond 64 KiB; 0 otherwise. */
    public static int excessiveSize(BodyPlan body) {
        SealedWriter writer = new SealedWriter(null);
        writer.visit(body.home().version(), 0, body.home().name(), null, null, null);
        Emitter.body(body, writer);
        try {
            writer.toByteArray();
            return 0;
        } catch (MethodTooLargeException tooLarge) {
            return tooLarge.getCodeSize();
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        BodyPlan body = byMethod.get(name + descriptor);
        if (body == null) {
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }
        Emitter.method(body, cv);
        return null;
    }

    @Override
    public void visitEnd() {
        for (BodyPlan body : bodies) {
            Emitter.body(body, cv);
        }
        if (SerialVersion.isComputed(parsed.node())) {
            addSerialVersion(SerialVersion.compute(parsed.reader()));
        }
        super.visitAttribute(marker);
        super.visitEnd();
    }

    private void addSerialVersion(long number) {
        int access =
                Opcodes.ACC_PRIVATE
                        | Opcodes.ACC_STATIC
                        | Opcodes.ACC_FINAL
                        | Opcodes.ACC_SYNTHETIC;
        super.visitField(access, SerialVersion.FIELD, "J", null, number).visitEnd();
    }
}
