package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.List;

/**
 * A constructor call for an object whose allocation moves here.
 *
 * @param arguments the kinds of the constructor's arguments
 * @param above what lies from the lowest copy up to the object itself, the bottom first
 * @param slots the local variables that hold copies
 */
public record DelayedConstruction(
        int index, String type, List<Kind> arguments, List<Operand> above, List<Integer> slots) {
    /** An operand: a copy of the object, or something else that lies between copies. */
    public record Operand(Kind kind, boolean copy) {}
}
