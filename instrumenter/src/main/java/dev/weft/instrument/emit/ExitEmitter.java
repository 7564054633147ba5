package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Exit;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;

/** How a body ends: with a plain value, or with what a coroutine that it hands over to says. */
final class ExitEmitter {
    private ExitEmitter() {}

    /**
     * Instead of {@code Coroutine.of(v)}: v itself, so nothing. But a try range that holds nothing
     * else must not become empty (JVMS 4.7.3).
     */
    static InsnList factory(Exit exit) {
        if (exit.way() == Exit.Way.INT) {
            return ofInt();
        }
        if (exit.way() == Exit.Way.NOTHING) {
            return new Fragment().op(Opcodes.ACONST_NULL).list();
        }
        return exit.inRange() ? new Fragment().op(Opcodes.NOP).list() : new InsnList();
    }

    /**
     * Instead of the boxing in {@code Coroutine.of(Integer.valueOf(i))}: the task for {@code
     * Frame.ofInt(i, task)}. Loaded here because the boxing may be all that a line consists of, and
     * a breakpoint on that line needs an instruction.
     */
    static InsnList boxing(Slots slots) {
        return new Fragment().load(Kind.REFERENCE, slots.task()).list();
    }

    private static InsnList ofInt() {
        return new Fragment().invokeStatic(Abi.FRAME, Abi.OF_INT, Abi.OF_INT_DESCRIPTOR).list();
    }

    /** Before the areturn of {@code return other;}: {@code Frame.tail(other, frame, task)}. */
    static InsnList tail(Slots slots) {
        return new Fragment()
                .load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(Abi.FRAME, Abi.FRAME_TAIL, Abi.FRAME_CALL_DESCRIPTOR)
                .list();
    }
}
