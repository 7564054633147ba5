package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import org.objectweb.asm.ClassVisitor;

/** What a method becomes, written from its plan. */
public final class Emitter {
    private Emitter() {}

    /** The method, which only captures its arguments from now on. */
    public static void method(BodyPlan plan, ClassVisitor to) {
        StubEmitter.emit(plan, to);
    }

    /** Its code, as a method of the same class. */
    public static void body(BodyPlan plan, ClassVisitor to) {
        BodyEmitter.emit(plan, to);
    }

    /** The class of its frames. */
    public static void frameClass(BodyPlan plan, ClassVisitor to) {
        new FrameClassEmitter(plan, to).emit();
    }
}
