package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.ReturnPlan.Way;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/** Writes the end of a body: a plain value, or a coroutine that gets the awaiter. */
final class ReturnEmitter {
    private final Slots slots;
    private final CodeWriter code;
    private final DirectCallEmitter calls;
    private @Nullable Label nullLabel;
    private @Nullable StackMapFrame nullFrame;

    ReturnEmitter(BodyCode body) {
        this.slots = body.slots();
        this.code = body.writer();
        this.calls = new DirectCallEmitter(body);
    }

    /** Writes the code for one of the instructions that the plan covers. */
    void emit(int index, AbstractInsnNode instruction, ReturnPlan plan) {
        DirectCall direct = plan.direct();
        if (direct != null && index == direct.call()) {
            calls.arguments(direct, instruction);
        } else if (index == plan.boxing()) {
            task();
        } else if (index == plan.factory()) {
            factory(plan);
        } else {
            if (direct != null) {
                call(direct);
            } else if (plan.way() == Way.TAIL) {
                tail();
            }
            code.copy(instruction);
            if (nullLabel != null && nullFrame != null) {
                code.mark(nullLabel, nullFrame);
                tail();
                code.copy(instruction);
                nullLabel = null;
            }
        }
    }

    /**
     * Requests code after the next return for null, which {@code Frame.tail} rejects with the name
     * of the method.
     */
    void expectNull(Label label, StackMapFrame frame) {
        nullLabel = label;
        nullFrame = frame;
    }

    /** Replaces {@code Coroutine.of(v)} by v itself, so by nothing. */
    private void factory(ReturnPlan plan) {
        NumberType number = plan.number();
        if (number != null) {
            code.invokeStatic(Abi.FRAME, number.returned, number.returnedDescriptor);
        } else if (plan.way() == Way.NOTHING) {
            code.op(Opcodes.ACONST_NULL);
        }
    }

    /**
     * Replaces the boxing in {@code Coroutine.of(Integer.valueOf(i))} by the task for {@code
     * Frame.ofInt(i, task)}. Loads it here because the boxing may be the only instruction of a
     * line, and a breakpoint on that line needs one.
     */
    private void task() {
        code.load(Kind.REFERENCE, slots.task());
    }

    /** Before the areturn of {@code return other();}: {@code Frame.tailed(r, frame, task)}. */
    private void call(DirectCall direct) {
        calls.call(direct);
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(Abi.FRAME, Abi.TAILED, Abi.TAILED_DESCRIPTOR);
    }

    /**
     * Before the areturn of {@code return other;}: {@code Frame.tail(other, frame, task, start)}.
     */
    private void tail() {
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .load(Kind.INT, slots.start())
                .invokeStatic(Abi.FRAME, Abi.FRAME_TAIL, Abi.FRAME_CALL_DESCRIPTOR);
    }
}
