package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.Slots;
import org.objectweb.asm.Opcodes;

/** How a body ends: with a plain value, or with what a coroutine that it hands over to says. */
final class ReturnEmitter {
    private final Slots slots;
    private final CodeWriter code;

    ReturnEmitter(Slots slots, CodeWriter code) {
        this.slots = slots;
        this.code = code;
    }

    /**
     * Instead of {@code Coroutine.of(v)}: v itself, so nothing. But a try range that holds nothing
     * else must not become empty (JVMS 4.7.3).
     */
    void factory(ReturnPlan exit) {
        if (exit.way() == ReturnPlan.Way.INT) {
            code.invokeStatic(Abi.FRAME, Abi.OF_INT, Abi.OF_INT_DESCRIPTOR);
        } else if (exit.way() == ReturnPlan.Way.NOTHING) {
            code.op(Opcodes.ACONST_NULL);
        } else if (exit.inRange()) {
            code.op(Opcodes.NOP);
        }
    }

    /**
     * Instead of the boxing in {@code Coroutine.of(Integer.valueOf(i))}: the task for {@code
     * Frame.ofInt(i, task)}. Loaded here because the boxing may be all that a line consists of, and
     * a breakpoint on that line needs an instruction.
     */
    void boxing() {
        code.load(Kind.REFERENCE, slots.task());
    }

    /** Before the areturn of {@code return other;}: {@code Frame.tail(other, frame, task)}. */
    void tail() {
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(Abi.FRAME, Abi.FRAME_TAIL, Abi.FRAME_CALL_DESCRIPTOR);
    }
}
