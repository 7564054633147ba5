package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.SuspensionPoint;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** Writes the calls with which awaits begin. */
final class AwaitCallEmitter {
    private final Slots slots;
    private final CodeWriter code;
    private final DirectCallEmitter calls;

    AwaitCallEmitter(BodyCode body) {
        this.slots = body.slots();
        this.code = body.writer();
        this.calls = new DirectCallEmitter(body);
    }

    /** Leaves the result of the call or of the first step of the awaited value. */
    void emit(SuspensionPoint point) {
        DirectCall direct = point.direct();
        if (direct != null) {
            calls.call(direct);
            if (!point.unboxed()) {
                calls.box(direct);
            }
            return;
        }
        if (point.dropsClass()) {
            code.op(Opcodes.POP);
        }
        code.load(Kind.REFERENCE, slots.frame()).load(Kind.REFERENCE, slots.task());
        MethodInsnNode call = point.call();
        String compiled = call == null ? null : Abi.compiledOwner(call);
        if (call != null && compiled != null) {
            if (Abi.isHasNext(call)) {
                code.load(Kind.INT, slots.start());
            }
            code.invokeStatic(compiled, call.name, Abi.compiledDescriptor(call));
            return;
        }
        code.load(Kind.INT, slots.start())
                .invokeStatic(
                        Abi.FRAME,
                        point.unboxed() ? Abi.FRAME_AWAIT_UNBOXED : Abi.FRAME_AWAIT,
                        Abi.FRAME_CALL_DESCRIPTOR);
    }
}
