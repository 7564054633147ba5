package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import org.objectweb.asm.ClassVisitor;

/** Writes the three parts that a method becomes. */
public final class Emitter {
    private Emitter() {}

    /** Writes the method, which from now on only captures its arguments. */
    public static void method(BodyPlan plan, ClassVisitor to) {
        StubEmitter.emit(plan, to);
    }

    /** Writes the method's code, as another method of the same class. */
    public static void body(BodyPlan plan, ClassVisitor to) {
        BodyEmitter.emit(plan, to);
    }

    /** Writes the class of the body's frames. */
    public static void frameClass(BodyPlan plan, ClassVisitor to) {
        new FrameClassEmitter(plan, to).emit();
    }
}
