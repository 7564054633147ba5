package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import org.objectweb.asm.tree.MethodNode;

/** From a plan to instructions. */
public final class Emitter {
    private Emitter() {}

    /** Uses up the method that the plan is about: its code becomes the body's. */
    public static CompiledBody emit(BodyPlan plan) {
        MethodNode body = BodyEmitter.emit(plan);
        MethodNode stub = StubEmitter.emit(plan);
        return new CompiledBody(stub, body, FrameClassEmitter.emit(plan));
    }
}
