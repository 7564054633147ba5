package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
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
    private @Nullable Label nullLabel;
    private @Nullable StackMapFrame nullFrame;

    ReturnEmitter(BodyCode body) {
        this.slots = body.slots();
        this.code = body.writer();
    }

    /** Writes the code for one of the instructions that the plan covers. */
    void emit(int index, AbstractInsnNode instruction, ReturnPlan plan) {
        if (index == plan.boxing()) {
            task();
        } else if (index == plan.factory()) {
            factory(plan);
        } else {
            if (plan.way() == Way.TAIL) {
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
        if (plan.way() == Way.INT) {
            code.invokeStatic(Abi.FRAME, Abi.OF_INT, Abi.OF_INT_DESCRIPTOR);
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

    /** Before the areturn of {@code return other;}: {@code Frame.tail(other, frame, task)}. */
    private void tail() {
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(Abi.FRAME, Abi.FRAME_TAIL, Abi.FRAME_CALL_DESCRIPTOR);
    }
}
