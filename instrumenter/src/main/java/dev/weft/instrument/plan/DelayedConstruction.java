package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.List;

/**
 * A constructor call whose object is allocated only there, because the object would cross an await
 * before it is initialised.
 *
 * @param arguments the kinds of the constructor's arguments
 * @param above the operands from the lowest copy of the object up to the object itself
 * @param slots the body's local variables that hold copies
 */
public record DelayedConstruction(
        int index, String type, List<Kind> arguments, List<Operand> above, List<Integer> slots)
        implements Edit {
    @Override
    public boolean isEmptyAt(int at) {
        return false;
    }

    /** An operand: a copy of the object, or another value between copies. */
    public record Operand(Kind kind, boolean copy) {}
}
